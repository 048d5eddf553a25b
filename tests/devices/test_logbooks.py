"""What each device said last is kept for whoever stands before it, within bounds."""

import json
from datetime import timedelta

from devices.batteries import Battery
from devices.bindings import Bindings, Sensor
from devices.deliveries import Delivery, Ticket
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.logbook import MOST_BYTES, MOST_MESSAGES, MOST_POINTS, Logbook
from devices.logbooks import MOST_BOUND_BYTES, MOST_UNBOUND, MOST_UNBOUND_BYTES, Logbooks
from devices.readings import Alive, Capability, Diagnostic, Finding, Malformed, State
from tests.devices.ears import Ear
from tests.devices.moments import at, says

EYE = "native:eye"
TOPIC = "shop/main/dev/eye/st/occupancy"


def delivered(payload: bytes = b'{"v":true}', seconds: float = 0, topic: str = TOPIC) -> Delivery:
    return Delivery(topic, payload, False, at(seconds), Ticket(1, 1, 1))


def sees(value: bool, seconds: float, number: int | None = None, ahead: float = 0) -> State:
    told = at(seconds + ahead) if ahead else None
    what = Capability.occupancy
    return State(EYE, "occupancy", what, value, at(seconds), False, told, number)


def book_of(books: Logbooks, device: str = EYE) -> Logbook:
    book = books.get(device)
    assert book is not None
    return book


def heard(*seen: State) -> Logbook:
    """The logbook after these levels, a message each."""
    books = Logbooks()
    for one in seen:
        books.note(delivered(seconds=(one.received_at - at(0)).total_seconds()), [one])
    return book_of(books)


def test_the_last_fifty_messages_are_kept_with_what_was_read() -> None:
    book = heard(*(sees(True, second) for second in range(MOST_MESSAGES + 3)))
    assert (len(book.messages), book.counts.messages) == (MOST_MESSAGES, MOST_MESSAGES + 3)
    first, last = book.messages[0], book.messages[-1]
    assert (first.at, last.at) == (at(3), at(MOST_MESSAGES + 2))
    assert (last.topic, last.text, last.is_sure) == (TOPIC, '{"v":true}', True)
    assert last.said == (("level", "occupancy", True),)


def test_long_messages_take_no_more_room_than_a_device_has() -> None:
    books = Logbooks()
    for second in range(MOST_MESSAGES):
        books.note(delivered(b"x" * 100_000, second), [sees(True, second)])
    book = book_of(books)
    assert len(book.messages) == MOST_MESSAGES
    assert book.bytes <= MOST_BYTES
    assert {one.size for one in book.messages} == {100_000}


def test_what_went_wrong_is_counted() -> None:
    books = Logbooks()
    books.note(delivered(), [sees(True, 0)])
    books.note(delivered(b"{spliced"), [Malformed(TOPIC, "not JSON", EYE)])
    books.note(delivered(b"{spliced"), [Malformed(TOPIC, "not even whose")])
    books.note(delivered(), [], [EYE])
    book = book_of(books)
    assert (book.counts.messages, book.counts.malformed, book.counts.duplicates) == (4, 2, 1)
    assert book.messages[-1].is_copy
    assert book.messages[-2].said == (("malformed", "", "not even whose"),)


def test_a_press_told_on_two_topics_is_a_duplicate() -> None:
    ear, books = Ear(Zigbee2Mqtt()), Logbooks()
    for topic, payload in (("eye", {"action": "single"}), ("eye/action", "single")):
        found = ear.hear(f"zigbee2mqtt/{topic}", payload)
        books.note(delivered(topic=f"zigbee2mqtt/{topic}"), found, ear.memory.copies)
    assert book_of(books, "z2m:eye").figures["duplicates"] == 1


def test_a_level_told_again_under_its_number_is_told_twice() -> None:
    assert heard(sees(True, 0, 4), sees(True, 1, 4), sees(True, 2, 5)).counts.duplicates == 1
    assert heard(sees(True, 0), sees(True, 1)).counts.duplicates == 0


def test_missing_numbers_are_gaps_whatever_the_device_counts() -> None:
    assert heard(sees(True, 0, 4), sees(True, 1, 5), sees(True, 2, 9)).counts.gaps == 3
    assert heard(sees(True, 0, 900), sees(True, 1, 1), sees(True, 2, 2)).counts.gaps == 0
    both = [
        State(EYE, channel, Capability.occupancy, True, at(number), False, None, number)
        for number, channel in ((1, "a"), (2, "b"), (3, "a"), (4, "a"), (5, "b"), (7, "a"))
    ]
    assert heard(*both).counts.gaps == 1


def test_a_level_that_is_back_at_once_has_flapped() -> None:
    assert heard(sees(True, 0), sees(False, 60), sees(True, 120)).counts.flaps == 0
    assert heard(sees(True, 0), sees(False, 60), sees(True, 61), sees(False, 62)).counts.flaps == 2


def test_the_clock_is_compared_evened_out() -> None:
    assert heard(sees(True, 0)).skew_seconds is None
    skew = heard(sees(True, 0, ahead=40), sees(True, 9, ahead=50)).skew_seconds
    assert skew is not None
    assert 40 < skew < 50


def test_a_battery_has_one_point_a_day() -> None:
    books = Logbooks()
    books.note(delivered(), [sees(True, 0)])
    for hour in range(24 * (MOST_POINTS + 5)):
        books.weigh(EYE, Battery(at(0) + timedelta(hours=hour), percent=100 - hour / 30))
    days = [one.day for one in book_of(books).battery]
    assert len(days) == len(set(days)) == MOST_POINTS
    assert book_of(books).battery[-1].percent == 100 - (24 * (MOST_POINTS + 5) - 1) / 30


def test_what_a_device_says_of_itself_is_kept_and_whether_it_is_there() -> None:
    books = Logbooks()
    books.note(delivered(), [Diagnostic(EYE, Finding.alert, at(1), "low light")])
    books.note(delivered(), [says(Alive.offline, 2)])
    assert book_of(books).findings == {Finding.alert: ("low light", at(1))}
    assert (book_of(books).alive, book_of(books).alive_since) == (Alive.offline, at(2))


def test_a_flood_of_unknown_devices_takes_bounded_room_and_no_bound_one_away() -> None:
    books = Logbooks(frozenset({EYE}))
    books.note(delivered(), [sees(True, 0)])
    for number in range(2000):
        device = f"ble:{number}"
        seen = State(device, "occupancy", Capability.occupancy, True, at(number), False)
        for _ in range(12):
            books.note(delivered(b"y" * 3000, number, f"home/x/{number}"), [seen])
    assert len(books) <= MOST_UNBOUND + 1
    assert books.bytes <= MOST_UNBOUND_BYTES + MOST_BOUND_BYTES
    assert books.get(EYE)
    assert books.get("ble:1999")
    assert not books.get("ble:0")


def test_what_was_heard_under_a_name_goes_on_under_the_id() -> None:
    books = Logbooks()
    seen = State("z2m:eye", "occupancy", Capability.occupancy, True, at(0), False)
    books.note(delivered(topic="zigbee2mqtt/eye"), [seen])
    books.bind(frozenset({"z2m:0x1"}), {"z2m:eye": "z2m:0x1"})
    assert books.get("z2m:eye") is None
    assert book_of(books, "z2m:0x1").counts.messages == 1
    books.note(delivered(topic="zigbee2mqtt/eye"), [])
    assert book_of(books, "z2m:0x1").counts.messages == 2
    books.bind(frozenset(), {})
    assert book_of(books, "z2m:0x1").counts.messages == 2


def test_a_list_of_devices_is_no_message_of_any_of_them() -> None:
    listed = [
        {"ieee_address": f"0x{number:016x}", "friendly_name": f"n{number}"} for number in range(40)
    ]
    books = Logbooks()
    found = Ear(Zigbee2Mqtt()).hear("zigbee2mqtt/bridge/devices", listed)
    books.note(delivered(json.dumps(listed).encode()), found)
    assert len(books) == 40
    assert books.bytes == 0


def test_after_a_car_was_erased_nothing_that_was_said_is_kept() -> None:
    books = Logbooks(Bindings((Sensor(EYE, "occupancy", "bay-1"),)).devices)
    books.note(delivered(), [sees(True, 0)])
    books.note(delivered(topic="x"), [State("ble:1", "door", Capability.door, True, at(0), False)])
    books.forget_messages()
    assert not book_of(books).messages
    assert not book_of(books, "ble:1").messages
    assert (books.bytes, book_of(books).bytes, book_of(books).counts.messages) == (0, 0, 1)
    assert book_of(books).last["occupancy"] == (True, at(0))
