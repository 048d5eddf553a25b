"""The history of an order has a sentence for every kind of event, and says from which device."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from board.codec import EVENTS
from board.core import commands as c
from board.core.events import Fact
from board.core.roles import Actor
from board.core.words import DEVICE
from board.desk import Desk
from board.journal_memory import MemoryJournal
from board.recall import facts_from
from displays.dialog_history import Deed, told
from displays.order_story import chapters
from displays.views.moments import moment
from tests.board_page.dialogs import RENDERER, ask, text_of
from tests.builders import ANNA, CARL, MONA, NOW, TOM, Trial, booked, dispatched, receive, signed
from tests.desk.orders import granted, opened

ABOUT_A_JOB = sorted(
    kind.__name__
    for kind in EVENTS.values()
    if {"job", "jobs"} & set(kind.__dataclass_fields__)  # type: ignore[attr-defined]
)


def said(deed: Deed) -> str:
    """The sentence of an entry."""
    environment = RENDERER._environment("en")
    macro = environment.get_template("board/deed_words.html").module.deed_word  # type: ignore[attr-defined]
    return text_of(str(macro(deed)))


@pytest.mark.parametrize("kind", ABOUT_A_JOB)
def test_every_event_about_a_job_has_a_sentence(kind: str) -> None:
    """Falls over for a new event until templates/board/deed_words.html has words for it."""
    at = moment(NOW, NOW, Trial().shop.settings)
    sentence = said(Deed(kind, "Anna", at, "ready" if kind == "JobMoved" else "", ()))
    assert sentence not in ("", kind)


def test_a_move_is_told_in_the_shops_own_words() -> None:
    trial = Trial()
    flow = trial.shop.workflow.renamed({"dispatched": "On the list"})
    trial = dispatched(trial.do(c.ChooseWorkflow(workflow=flow), MONA))
    asked = ask(trial, ANNA, job="j1")
    assert said(told(asked, trial.facts[-1])) == "On the list"


def test_a_booking_was_booked_and_its_car_arrived() -> None:
    trial = booked(Trial()).do(c.ArriveJob(job="j1"), ANNA)
    told_of = [fact for fact in trial.facts if getattr(fact.event, "job", "") == "j1"]
    asked = ask(trial, ANNA, job="j1")
    assert [said(told(asked, fact)) for fact in told_of] == ["Booked", "Ticket", "Arrived"]
    trial = signed(Trial())
    opening = next(fact for fact in trial.facts if getattr(fact.event, "job", "") == "j1")
    assert said(told(ask(trial, ANNA, job="j1"), opening)) == "Order opened"


@pytest.mark.parametrize(
    ("via", "device"),
    [
        ("pin", "tablet"),
        ("password", "desk"),
        ("link", "desk"),
        ("phone", "phone"),
        ("api", "program"),
        ("mqtt", "sensor"),
        ("timekeeper", "time"),
        ("command line", "command_line"),
        ("", ""),
        ("something else", ""),
    ],
)
def test_the_door_says_which_device(via: str, device: str) -> None:
    trial = signed(Trial())
    fact = Fact(1, NOW, "person:anna", "c1", trial.facts[-1].event, via)
    assert told(ask(trial, ANNA, job="j1"), fact).device == device
    assert not device or device in DEVICE


def test_the_journal_keeps_the_door_of_every_command() -> None:
    """Falls over without `entry.via,` in `board/recall.py`."""

    async def scenario() -> None:
        desk = Desk(MemoryJournal(), "test", lambda: NOW, ThreadPoolExecutor(1))
        await opened(desk)
        at_desk = Actor(ANNA.kind, ANNA.id, ANNA.name, ANNA.roles, "password")
        granted(await desk.handle(receive(), at_desk))
        granted(await desk.handle(c.MoveJob(job="j1", to="awaiting_dispatch"), at_desk))
        given = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
        granted(await desk.handle(given, CARL))
        on_tablet = Actor(TOM.kind, TOM.id, TOM.name, TOM.roles, "pin")
        granted(await desk.handle(c.StartLine(job="j1"), on_tablet))
        facts = facts_from(desk.journal.history("test", "j1"))
        trial = Trial(desk.shop)
        story = chapters(ask(trial, ANNA, job="j1"), facts)
        assert [(one.by, one.device) for one in story] == [
            ("Anna", "desk"),
            ("Anna", "desk"),
            ("Carl", ""),
            ("Tom", "tablet"),
        ]

    asyncio.run(scenario())
