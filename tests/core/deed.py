"""How a deed is tried on a job in any state: by whom it is granted, and why not by others.

A deed is one command as it is asked of job j1; the deeds themselves stand in every_deed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from board.core import commands as c
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.rules import decide
from board.core.shop import Shop
from board.core.workflow_shipped import SHIPPED
from tests.builders import EVERY_ROLE, TINA, Trial, brought_to

WHO: dict[str, Actor] = {**{role.value: actor for role, actor in EVERY_ROLE.items()}, "other": TINA}
"""Who asks, by role; `technician` is Tom, whose job it is, `other` another technician."""


@dataclass(frozen=True)
class Deed:
    """One command as it is asked of job j1, and what is done before."""

    name: str
    command: Callable[[Trial], c.Command]
    before: tuple[tuple[c.Command, Actor], ...] = ()


def last_line(trial: Trial) -> str:
    """The id of the line added last."""
    lines = trial.job().lines
    return lines[-1].id if lines else "1"


@cache
def at(state: str) -> tuple[Shop, Trial]:
    """The shop whose job j1 has come to `state`."""
    trial = brought_to(state).later(minutes=1)
    return trial.shop, trial


def asked_in(deed: Deed, state: str) -> Trial:
    """A trial in which the deed can be asked."""
    shop, known = at(state)
    trial = Trial(shop)
    trial.now = known.now
    for command, actor in deed.before:
        trial.when(command, actor).later(minutes=1)
    return trial


def code_of(deed: Deed, trial: Trial, actor: Actor) -> str:
    """The code of the refusal; '' when the deed is granted."""
    outcome = decide(trial.shop, deed.command(trial), actor, trial.now)
    return outcome.code if isinstance(outcome, Refused) else ""


def granted(deed: Deed, state: str) -> tuple[str, ...]:
    """Who is granted the deed in that state."""
    trial = asked_in(deed, state)
    return tuple(who for who, actor in WHO.items() if not code_of(deed, trial, actor))


def by_whom(deed: Deed) -> dict[str, list[str]]:
    """States by those who are granted the deed in them; where nobody is, a state is left out."""
    found: dict[str, list[str]] = {}
    for state in SHIPPED.steps:
        if who := " ".join(granted(deed, state)):
            found.setdefault(who, []).append(state)
    return found
