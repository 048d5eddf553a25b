"""Unreadable messages and unbound devices are kept within bounds."""

from dataclasses import replace

from devices.inbox import MOST_DEVICES, Inbox
from devices.quarantine import KEPT, MOST_SOURCES, Quarantine
from devices.readings import Alive, Discovery, Malformed
from tests.devices.moments import EYE, NOON, at, says, sees


def test_only_the_last_messages_are_kept_and_only_their_beginning() -> None:
    quarantine = Quarantine()
    for number in range(KEPT + 10):
        quarantine.add("native:eye", "t" * 900, b"%d" % number * 300, "not JSON", NOON)
    first = quarantine.suspects[0]
    assert len(quarantine.suspects) == KEPT
    assert (len(first.first_bytes), first.size, len(first.topic)) == (256, 600, 200)
    assert quarantine.total == KEPT + 10
    assert quarantine.counts == {"native:eye": KEPT + 10}


def test_what_was_set_aside_is_dropped_when_a_car_is_erased_but_still_counts() -> None:
    """Falls over when `forget` leaves the messages: one may name the car that was erased."""
    quarantine = Quarantine()
    quarantine.add("native:camera", "t", "京A12345".encode(), "not JSON", NOON)
    quarantine.forget()
    assert quarantine.suspects == ()
    assert (quarantine.total, quarantine.counts) == (1, {"native:camera": 1})


def test_one_log_line_per_device_in_ten_minutes() -> None:
    quarantine = Quarantine()
    due = [
        quarantine.add("native:eye", "t", b"", "r", at(second)) for second in range(0, 1300, 100)
    ]
    assert [number for number, one in enumerate(due) if one] == [0, 6, 12]
    assert quarantine.add("native:other", "t", b"", "r", at(1))


def test_a_flood_of_names_does_not_grow_the_counters() -> None:
    quarantine = Quarantine()
    for number in range(2 * MOST_SOURCES):
        quarantine.add(f"native:{number}", "t", b"", "r", NOON)
    assert len(quarantine.counts) == MOST_SOURCES


def test_the_inbox_shows_what_is_known_of_an_unbound_device() -> None:
    inbox = Inbox()
    inbox.note(Discovery("native:eye", NOON, alias="", model="Eye 1", channels=("occupancy",)))
    inbox.note(sees(True, 5))
    inbox.note(sees(True, 6, replace(EYE, channel="occupancy-2")))
    inbox.note(says(Alive.online, 7))
    [seen] = inbox.devices
    assert (seen.model, seen.channels, seen.messages) == ("Eye 1", ("occupancy", "occupancy-2"), 2)
    assert seen.last_seen == at(7)


def test_a_name_gives_way_to_the_device_behind_it() -> None:
    inbox = Inbox()
    inbox.note(sees(True, 5, replace(EYE, device="z2m:hall/gate")))
    inbox.note(Discovery("z2m:0x00124b0022aa33ff", NOON, alias="z2m:hall/gate"))
    assert [seen.device for seen in inbox.devices] == ["z2m:0x00124b0022aa33ff"]


def test_replays_and_unreadable_messages_are_no_devices() -> None:
    inbox = Inbox()
    inbox.note(sees(True, 5, retained=True))
    inbox.note(says(Alive.offline, 5, retained=True))
    inbox.note(Malformed("t", "r", "native:eye"))
    assert inbox.devices == ()


def test_a_flood_of_devices_pushes_out_the_longest_unseen() -> None:
    inbox = Inbox()
    for number in range(4 * MOST_DEVICES):
        inbox.note(sees(True, number, replace(EYE, device=f"native:{number}")))
    assert len(inbox.devices) == MOST_DEVICES
    assert inbox.devices[0].device == f"native:{4 * MOST_DEVICES - 1}"
    inbox.forget(inbox.devices[0].device)
    assert len(inbox.devices) == MOST_DEVICES - 1
