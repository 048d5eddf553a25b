"""A help call goes with its car: the next car in the bay it came from has no part in it."""

from gettext import NullTranslations
from pathlib import Path

import pytest

from board.core import commands as c
from board.core.calls import CallKind
from board.core.job import Place, Where
from board.core.roles import Actor
from board.languages import Languages
from displays.sentences import sentence
from displays.views.calls import CallsMemory
from displays.views.speech import help_calls
from displays.views.tv import TvHeadView, TvProjection, TvRowsView, TvRowView
from tests.builders import ANNA, CARL, LEE, PIA, PLATES, SENSOR, TINA, TOM, Trial, working
from tests.core.sound import check_shop
from tests.displays.walls import english
from workshop_shown import ShownToDevices

LANGUAGES = Languages(Path(__file__).resolve().parents[2] / "locales")
YARD = Place(Where.parking, "B 12")


class Wall:
    """A workshop TV and the strip above boards, each with its memory, as a shop changes."""

    def __init__(self, kind: CallKind = CallKind.parts) -> None:
        self.trial = working(working(Trial()), "j2", PLATES[1], bay="2", to=TINA)
        self._tv, self._strip = TvProjection(), CallsMemory()
        self.helped()
        self.do(c.CallHelp(kind=kind), TOM)

    def do(self, command: c.Command, who: Actor) -> "Wall":
        """One change, after which every screen looks."""
        self.trial.do(command, who)
        check_shop(self.trial.shop)
        self.helped()
        return self

    def taken(self, job: str, place: Place) -> "Wall":
        """Somebody drives a car to another place."""
        return self.do(c.PlaceCar(job=job, where=place.where, spot=place.spot), CARL)

    def helped(self) -> dict[str, str]:
        """The plate in each row that tells of a call."""
        views = self._tv.project(self.trial.shop, self.trial.now)
        rows = {key: view for key, view in views.items() if isinstance(view, TvRowView)}
        fresh = TvProjection().project(self.trial.shop, self.trial.now)
        assert all(fresh[key] == view for key, view in rows.items()), "memory differs"
        calling = [view for view in rows.values() if view.called is not None]
        assert calling == [row for row in rows.values() if "s-help" in row.face.style]
        assert all(row.busy and row.pinned for row in calling), "light and on every page"
        return {row.spot or row.away or row.bay: row.plate for row in calling}

    def counted(self, group: str = "") -> int:
        """Calls in the head of a workshop TV."""
        head = TvProjection(group).project(self.trial.shop, self.trial.now)["head"]
        assert isinstance(head, TvHeadView)
        return head.calls

    def listed(self) -> list[tuple[str, str]]:
        """Bay, or parking place, and where that is, of each call above the boards."""
        view = self._strip.look(self.trial.shop, self.trial.now)
        return [(call.spot if call.away else call.bay, call.away) for call in view.calls]

    def spoken(self, group: str = "") -> list[str]:
        """Where is called aloud, once the caller had time to take it back; announcers in the bays
        say the same.
        """
        now = self.trial.later(seconds=11).now
        said = help_calls(group)(self.trial.shop, now)
        if not group:
            told = ShownToDevices(lambda: self.trial.shop, lambda: now, LANGUAGES).look().announced
            assert sorted(one.key for one in told) == sorted(
                f"{one.key}-{one.turn}" for one in said
            )
        return [one.of or one.where for one in said]


def test_the_next_car_in_the_bay_is_not_told_to_call_for_help() -> None:
    wall = Wall()
    assert wall.helped() == {"1": PLATES[0]}
    wall.taken("j1", YARD).taken("j2", Place(Where.bay, "1"))
    assert wall.helped() == {"B 12": PLATES[0]}
    assert wall.listed() == [("B 12", "parking")]
    assert (wall.spoken(), wall.spoken("1"), wall.spoken("2")) == (["B 12"], ["B 12"], [])
    assert (wall.counted(), wall.counted("1"), wall.counted("2")) == (1, 1, 0)


def test_a_call_is_told_in_the_bay_its_car_was_taken_to() -> None:
    wall = Wall().taken("j1", Place(Where.bay, "3")).taken("j2", Place(Where.bay, "1"))
    assert wall.helped() == {"3": PLATES[0]}
    assert (wall.counted("1"), wall.counted("3")) == (0, 1)
    assert wall.listed() == [("3", "")]
    assert (wall.spoken(), wall.spoken("1"), wall.spoken("3")) == (["3"], [], ["3"])


def test_the_next_car_calls_for_the_same_help_and_each_car_once() -> None:
    wall = Wall().taken("j1", Place(Where.bay, "3")).taken("j2", Place(Where.bay, "1"))
    wall.do(c.CallHelp(kind=CallKind.parts, bay="1"), ANNA)
    assert wall.helped() == {"1": PLATES[1], "3": PLATES[0]}
    again = c.CallHelp(kind=CallKind.parts, bay="3")
    wall.trial.when(again, ANNA).then_refused("call_twice")
    wall.taken("j1", YARD)
    again = c.CallHelp(kind=CallKind.parts, bay="3", job="j1")
    wall.trial.when(again, ANNA).then_refused("call_twice")


@pytest.mark.parametrize("place", [YARD, Place(Where.road), Place(Where.outside)])
def test_a_call_is_told_where_its_car_stands_though_its_bay_is_kept_for_it(place: Place) -> None:
    wall = Wall().taken("j1", place)
    assert wall.trial.job().bay == "1"
    assert wall.helped() == {place.spot or place.where: PLATES[0]}
    assert wall.spoken() == [place.spot or place.where]
    wall.do(c.AnswerCall(call="1"), PIA)
    assert (list(wall.helped()), wall.spoken()) == ([place.spot or place.where], [])
    wall.do(c.ReachCall(call="1"), PIA)
    assert wall.helped() == {}


def test_a_wall_has_a_row_for_a_car_that_calls_from_elsewhere_if_its_bays_do() -> None:
    wall = Wall().taken("j1", YARD)
    views = TvProjection("1,3").project(wall.trial.shop, wall.trial.now)
    order = views["order-rows"]
    assert isinstance(order, TvRowsView)
    assert order.ids == ("call-1", "row-1", "row-3")
    page = english().region("call-1", views["call-1"], "en")
    assert "Parked B 12" in page
    assert "data-busy" in page
    assert "call-1" not in TvProjection("3").project(wall.trial.shop, wall.trial.now)


def test_a_call_without_a_car_stays_at_its_bay() -> None:
    wall = Wall().do(c.CallHelp(kind=CallKind.quality, bay="4"), ANNA)
    wall.taken("j2", Place(Where.bay, "4"))
    assert wall.helped() == {"1": PLATES[0], "4": PLATES[1]}


def test_a_stop_for_safety_stays_at_its_bay_until_another_car_has_its_row() -> None:
    wall = Wall(CallKind.safety).taken("j1", Place(Where.road))
    assert wall.helped() == {"1": PLATES[0]}
    assert wall.spoken() == ["1"]
    wall.taken("j2", Place(Where.bay, "1"))
    assert wall.helped() == {"road": PLATES[0]}
    assert wall.spoken() == ["road"]
    wall.do(c.CallHelp(kind=CallKind.safety, bay="1"), ANNA)
    assert wall.helped() == {"road": PLATES[0], "1": PLATES[1]}
    wall.do(c.ReachCall(call="2"), LEE)
    wall.taken("j1", Place(Where.bay, "3"))
    assert wall.helped() == {"3": PLATES[0]}
    wall.do(c.ReachCall(call="1"), LEE)
    assert wall.helped() == {}


@pytest.mark.parametrize("who", [ANNA, SENSOR])
def test_no_call_of_another_car_swallows_a_stop_for_safety(who: Actor) -> None:
    stop = c.CallHelp(kind=CallKind.safety, bay="1")
    wall = Wall(CallKind.safety).do(c.ReachCall(call="1"), LEE)
    wall.taken("j1", YARD).do(stop, who)
    wall.trial.when(stop, who)
    assert wall.trial.happened() == [] or wall.trial.refused is not None, "no car calls twice"
    wall.taken("j2", Place(Where.bay, "1")).do(stop, who)
    assert wall.trial.happened() == ["HelpCalled"]
    assert [call.job for call in wall.trial.shop.calls.values()] == ["j1", "", "j2"]
    assert wall.helped() == {"1": PLATES[1]}


def test_what_was_said_of_one_bay_is_said_of_the_next_and_of_each_kind() -> None:
    wall = Wall().do(c.CallHelp(kind=CallKind.quality), TOM)
    wall.trial.later(seconds=11)

    def keys() -> list[str]:
        return [call.key for call in help_calls("")(wall.trial.shop, wall.trial.now)]

    before = keys()
    assert keys() == before, "each is said once"
    assert len(set(before)) == 2, "two kinds at one bay in one second"
    wall.taken("j1", Place(Where.bay, "3"))
    there = keys()
    wall.taken("j1", YARD)
    assert len({*before, *there, *keys()}) == 6


@pytest.mark.parametrize("kind", list(CallKind))
def test_it_is_said_in_words_where_the_car_stands(kind: CallKind) -> None:
    wall = Wall(kind).taken("j1", YARD).taken("j2", Place(Where.bay, "1"))
    [call] = help_calls("")(wall.trial.shop, wall.trial.later(seconds=11).now)
    said = sentence(call, "en", NullTranslations())
    assert "car parked at B 12" in said.text
    assert said.clips == ()
    wall.taken("j1", Place(Where.parking))
    [call] = help_calls("")(wall.trial.shop, wall.trial.now)
    assert "car parked outside the bays" in sentence(call, "en", NullTranslations()).text
