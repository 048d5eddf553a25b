"""What a menu offers is what the rules grant."""

import pytest

from board.core import commands as c
from board.core.offers import Offer, offers
from board.core.roles import Actor, Role
from board.core.shop import Settings
from board.core.workflow import Through
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    MONA,
    PIA,
    TINA,
    TOM,
    Trial,
    agreed,
    brought_to,
    working,
)
from tests.core.test_ways import taking


def offered(trial: Trial, actor: Actor = CARL) -> dict[str, Offer]:
    """The offers for j1 by where they lead."""
    return {offer.to: offer for offer in offers(trial.shop, trial.job(), actor, trial.now)}


@pytest.mark.parametrize("state", SHIPPED.steps)
@pytest.mark.parametrize("role", list(Role))
def test_an_offer_is_open_exactly_when_the_command_is_granted(state: str, role: Role) -> None:
    actor = EVERY_ROLE[role]
    trial = brought_to(state).later(hours=1)
    for offer in offers(trial.shop, trial.job(), actor, trial.now):
        command = taking(offer.to, offer.through)
        if offer.through == Through.resume:
            command = c.ResumeJob(job="j1")
        if offer.through in {Through.start, Through.finish}:
            object.__setattr__(command, "technician", "")
        object.__setattr__(command, "reason", "asked in a test")
        attempt = Trial(trial.shop)
        attempt.now = trial.now
        attempt.when(command, actor)
        assert (offer.refused is None) == (attempt.refused is None), (offer, attempt.refused)


def test_ways_of_time_and_foreign_returns_are_not_offered() -> None:
    assert "no_show" not in offered(brought_to("booked"))
    assert offered(brought_to("held")).keys() == {"working", "cancelled"}
    assert offered(brought_to("delivered")) == {}


def test_a_menu_says_why_not() -> None:
    trial = agreed(brought_to("self_check"))
    refused = offered(trial, TOM)["team_check"].refused
    assert refused is not None
    assert refused.code == "lines_open"


def test_finishing_is_offered_for_the_last_line_only() -> None:
    trial = working(Trial())
    assert offered(trial, TOM)["self_check"].refused is None
    agreed(trial)
    assert offered(trial, TOM)["self_check"].refused is not None


def test_dispatch_is_offered_as_the_shops_switch_says() -> None:
    trial = brought_to("awaiting_dispatch")
    assert offered(trial, ANNA)["dispatched"].refused is None
    trial.do(c.SetUpShop(settings=Settings(name="Strict", advisors_dispatch=False)), MONA)
    assert offered(trial, ANNA)["dispatched"].refused is not None
    assert offered(trial, CARL)["dispatched"].refused is None


def test_holding_is_offered_to_who_may_hold_this_job() -> None:
    trial = brought_to("working")
    assert offered(trial, TOM)["held"].refused is None
    assert offered(trial, PIA)["held"].refused is None
    assert offered(trial, TINA)["held"].refused is not None
