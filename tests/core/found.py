"""What Tom finds under the car of j1, and how far its way to the customer has come."""

from dataclasses import replace

from board.core import commands as c
from board.core import events as e
from board.core.events import Fact
from board.core.history import evolve
from tests.builders import (
    ANNA,
    TOM,
    Trial,
    priced,
    working,
)

PHOTO = "a" * 64
ASK = c.AskCustomer(job="j1")


def found(**more: object) -> c.ProposeLine:
    """What Tom found under the car."""
    pads = c.ProposeLine(job="j1", text=" Rear pads ", note="2.1 mm left", photos=(PHOTO,))
    return replace(pads, **more)  # type: ignore[arg-type]


def proposed(**more: object) -> Trial:
    """A car in work on which something was found: line 2."""
    return working(Trial()).do(found(**more), TOM)


def asked(**more: object) -> Trial:
    """Line 2 is priced and put before the customer."""
    return priced(proposed(**more)).do(ASK, ANNA)


def asked_before_gates(trial: Trial) -> Trial:
    """The customer is asked about line 2, in a journal older than the gate that waits for it."""
    seq = trial.shop.seq + 1
    fact = Fact(seq, trial.now, ANNA.label, f"old{seq}", e.CustomerAsked("j1", ("2",)))
    trial.shop = evolve(trial.shop, fact)
    return trial


def on_the_phone(approved: bool = True, **more: object) -> c.DecideLine:
    """What the customer's own page sends."""
    yes = c.DecideLine(job="j1", line="2", approved=approved, price=260_00, parts_price=420_00)
    return replace(yes, **more)  # type: ignore[arg-type]
