"""A badge at a bound reader is shown by its holder, once; its number is nowhere kept."""

import asyncio
import json

import pytest

from board.core.commands import ShowBadge
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.shop import Person
from devices.asking import Asker, actor_of
from devices.badges import MARK_SIGNS, Reader, mark_of
from devices.binding_tables import read_bindings
from devices.bindings import Bindings
from devices.listing import listing
from devices.profiles.shelf import our_shelf
from tests.devices.intakes import BADGE_KEY, Desk, Door, intake

UID = "04A2B3C4"
MARK = mark_of(BADGE_KEY, UID)[:MARK_SIGNS]
TOPIC = "shop/main/dev/reader/ev/badge"
FILE = f"""\
[[badge]]
device = "native:reader"
bay = "bay-1"

[[holder]]
mark = "{MARK}"
person = "tom"
"""
BOUND, _ = read_bindings(FILE)


def badge(uid: str = UID, number: int = 1) -> bytes:
    return json.dumps({"e": "badge", "k": uid, "id": f"9-{number}"}).encode()


def shown(
    *payloads: bytes, bound: Bindings = BOUND, desk: Desk | None = None, retained: bool = False
) -> tuple[Desk, Door]:
    """What the desk was asked after these badges were shown."""
    desk = desk or Desk()

    async def scenario() -> Door:
        async with intake(desk, bindings=bound) as door:
            for second, payload in enumerate(payloads):
                door.bring(payload, second, topic=TOPIC, retained=retained)
            await door.read(len(payloads))
            return door

    return desk, asyncio.run(scenario())


def test_a_badge_is_shown_by_its_holder_however_its_number_is_written() -> None:
    desk, door = shown(badge(), badge(), badge(UID.lower(), 2))
    assert [command for command, _ in desk.taken] == [ShowBadge(bay="bay-1")] * 2
    assert desk.people == ["tom", "tom"]
    assert door.intake.counters.badges == 2


def test_the_same_showing_has_the_same_id_after_a_restart_and_tells_no_number() -> None:
    [(_, first)], [(_, again)] = shown(badge())[0].taken, shown(badge())[0].taken
    assert first == again
    assert UID not in first


@pytest.mark.parametrize("bound", [Bindings(), Bindings(holders={MARK: "tom"})])
def test_without_a_reader_in_the_file_nothing_happens(bound: Bindings) -> None:
    desk, door = shown(badge(), bound=bound)
    assert (desk.taken, door.intake.happenings.told) == ([], ())


def test_a_retained_badge_is_not_shown() -> None:
    assert shown(badge(), retained=True)[0].taken == []


def test_a_badge_that_nobody_holds_is_counted_and_told_by_its_mark(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk, door = shown(badge(), bound=Bindings(readers=BOUND.readers))
    assert desk.taken == []
    assert door.intake.counters.badges_unknown == 1
    text = listing((), our_shelf(), also=map(str, door.intake.happenings.told))
    assert "# A badge that nobody holds was shown at bay-1 at " in text
    assert f"; its mark is {MARK}.\n" in text
    assert UID not in text + caplog.text


def test_it_is_told_no_more_once_somebody_holds_it_or_the_reader_is_gone() -> None:
    """It stood first on the page of the devices until that person's clock had started."""
    unheld = Bindings(readers=BOUND.readers)
    for mended in (BOUND, Bindings()):
        _, door = shown(badge(), bound=unheld)
        door.intake.rebind(unheld)
        assert door.intake.happenings.told != ()
        door.intake.rebind(mended)
        assert door.intake.happenings.told == ()


def test_a_refused_badge_is_counted_and_told_until_the_next_is_taken() -> None:
    desk = Desk(answer=Refused("badge_no_car", {"bay": "1"}))
    _, door = shown(badge(), desk=desk)
    assert door.intake.counters.badges_refused == 1
    [told] = door.intake.happenings.told
    assert str(told).startswith("The badge of tom was refused at bay-1 at ")
    assert str(told).endswith(": There is no car of yours at bay 1.")
    assert shown(badge())[1].intake.happenings.told == ()


def test_its_holder_is_the_actor_while_they_work_here() -> None:
    tom = Person("tom", "Tom", frozenset({Role.technician}))
    actor = actor_of(Asker("native:reader", "tom"), {"tom": tom})
    assert (actor.label, actor.roles, actor.via) == ("person:tom", tom.roles, "badge native:reader")
    gone = Person("tom", "Tom", frozenset({Role.technician}), removed=True)
    assert actor_of(Asker("native:reader", "tom"), {"tom": gone}).label == "device:native:reader"


def test_a_file_of_readers_and_holders_is_read() -> None:
    bindings, mistakes = read_bindings(FILE, frozenset({"bay-1"}), None, frozenset({"tom"}))
    assert mistakes == ()
    assert bindings.readers == (Reader("native:reader", "bay-1"),)
    assert bindings.holders == {MARK: "tom"}
    assert bindings.devices == {"native:reader"}


@pytest.mark.parametrize(
    ("wrong", "line", "reason"),
    [
        (('bay = "bay-1"', 'bay = "bay-7"'), 3, "there is no bay bay-7"),
        (('bay = "bay-1"', 'bay = "bay-1"\nchannel = "button"'), 4, "button reads no badges"),
        (('bay = "bay-1"', ""), 1, "bay is missing"),
        (('"native:reader"', '"reader"'), 2, "device must be an id"),
        (('person = "tom"', 'person = "max"'), 7, "there is nobody with the id max"),
        ((MARK, UID), 6, "mark must be the 16 signs"),
        (("person =", "persom ="), 7, "did you mean person?"),
    ],
)
def test_a_mistake_is_told_with_its_line(wrong: tuple[str, str], line: int, reason: str) -> None:
    text = FILE.replace(*wrong)
    _, mistakes = read_bindings(text, frozenset({"bay-1"}), None, frozenset({"tom"}))
    assert any(one.line == line and reason in one.reason for one in mistakes)


def test_one_badge_has_one_holder() -> None:
    again = f'[[holder]]\nmark = "{MARK}"\nperson = "tina"\n'
    bindings, [mistake] = read_bindings(FILE + again)
    assert bindings.holders == {MARK: "tom"}
    assert mistake.reason == "this badge is tom's already"
