"""A car's file holds every visit of any age, and each visit is told as a story."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from board.core import commands as c
from board.core.extra import AnswerMeans
from board.core.job import Car
from board.core.roles import Actor
from board.core.workflow_shipped import SHIPPED
from board.desk import Desk
from board.journal_memory import MemoryJournal
from board.languages import Languages
from board.web.lookups import Lookups
from board.web.session import Signed
from displays.car_pages import read_car, read_merge, read_visit
from displays.dialog_asks import Ask
from displays.dialog_earlier import last_order_called, name_to_look_up, with_earlier
from displays.dialog_receive import check_sheet
from displays.dialog_search import old_hits
from displays.render import PageFacts
from tests.board_page.dialogs import RENDERER, text_of
from tests.builders import ANNA, CARL, CLOCK, INES, LEE, MONA, NOW, TOM, receive
from tests.desk.orders import granted, opened

LOCALES = Path(__file__).resolve().parents[2] / "locales"
PLATE, VIN = "京AD12345", "LSVAU2180N2183294"


class Garage:
    """A desk in memory whose clock the test turns, and what pages read of it."""

    def __init__(self) -> None:
        self.now = NOW
        journal = MemoryJournal()
        self.desk = Desk(journal, "test", self._clock, ThreadPoolExecutor(1))
        self.looks = Lookups(journal, Languages(LOCALES))

    def _clock(self) -> datetime:
        return self.now

    async def do(self, command: c.Command, by: Actor) -> None:
        """Ask for a command that must be granted, a minute later."""
        self.now += timedelta(minutes=1)
        granted(await self.desk.handle(command, by))

    def ask(self, by: Actor = ANNA, **given: str) -> Ask:
        """Somebody asks for a page."""
        return Ask(self.desk.shop, by, self.now, given)

    async def visit(self, job: str, plate: str = PLATE, mileage: int = 42_100) -> None:
        """A car comes, one line is declined, the work is checked twice, and it is long ago."""
        car = Car(plate, VIN, "ID.4", mileage=mileage)
        await self.do(receive(job, plate, car=car), ANNA)
        await self.do(c.AddLine(job=job, text="Oil", standard_hours=0.8), ANNA)
        await self.do(c.ProposeLine(job=job, text="Brake pads", photos=("a" * 64,)), ANNA)
        price = {"price": 12_000, "parts_price": 38_000}
        await self.do(c.PriceLine(job=job, line="2", **price), ANNA)  # type: ignore[arg-type]
        said = c.DecideLine(
            job=job, line="2", approved=False, how=AnswerMeans.in_person, said_by="Lena"
        )
        await self.do(said, ANNA)
        await self.do(c.MoveJob(job=job, to="awaiting_dispatch"), ANNA)
        await self.do(c.DispatchJob(job=job, bay="1", technicians=("tom",)), CARL)
        await self.do(c.StartLine(job=job), TOM)
        await self.do(c.FinishLine(job=job), TOM)
        await self.do(c.PassCheck(job=job), TOM)
        await self.do(c.FailCheck(job=job, defect="noise", note="rear left"), LEE)
        await self.do(c.CancelJob(job=job, reason="in a hurry"), CARL)

    async def long_ago(self, *jobs: str) -> None:
        """The orders leave live state."""
        self.now += timedelta(days=400)
        for job in jobs:
            await self.do(c.ForgetJob(job=job), CLOCK)


def played(*visits: str) -> Garage:
    """A garage after visits of one car that are long over."""
    garage = Garage()

    async def scenario() -> None:
        await opened(garage.desk)
        for job in visits:
            await garage.visit(job)
        await garage.long_ago(*visits)

    asyncio.run(scenario())
    return garage


def page(template: str, context: Mapping[str, Any]) -> str:
    """What a person reads of a page."""
    facts = PageFacts("desk", "b", 1, "e", 1, 0, 1.0, 480, "/live/desk", "", {"news": "<i></i>"})
    signed = Signed("anna", ANNA, "", "en", "")
    around = {"signed": signed, "nav": (), "here": "", "shop_name": "", "say": str}
    html = RENDERER.page(template, "en", facts, **{"may_merge": True, **around, **context})
    return text_of(html[html.index("<main") :])


def test_what_left_the_board_long_ago_is_in_the_file() -> None:
    garage = played("j1")
    assert "j1" not in garage.desk.shop.jobs
    found: Any = asyncio.run(read_car(garage.looks, garage.ask(id="j1")))
    assert found is not None
    (visit,) = found["visits"]
    assert (visit.mileage, visit.live, visit.state) == (42_100, False, "cancelled")
    assert [line.text for line in visit.lines] == ["Oil"]
    assert [(line.text, line.labour + line.parts) for line in visit.declined] == [
        ("Brake pads", 50_000)
    ]
    assert [(check.level, check.passed) for check in visit.checks] == [
        ("self", True),
        ("team", False),
    ]
    assert visit.photos == ("a" * 64,)


def test_the_page_says_all_of_it_in_words() -> None:
    garage = played("j1")
    found: Any = asyncio.run(read_car(garage.looks, garage.ask(id="j1")))
    assert found is not None
    said = page("cars/file.html", found)
    for word in ("2026-11-21", "42100 km", "Brake pads", "¥ 500", "rear left", "Recommended last"):
        assert word in said, said


def test_what_was_declined_is_recommended_until_it_is_done() -> None:
    garage = played("j1")

    async def scenario() -> None:
        assert [one.text for one in (await told())["recommended"]] == ["Brake pads"]
        again = receive("j2", PLATE)
        await garage.do(again, ANNA)
        await garage.do(c.AddLine(job="j2", text="Brake pads"), ANNA)
        assert (await told())["recommended"] == ()

    async def told() -> Any:
        found: Any = await read_car(garage.looks, garage.ask(id="j1"))
        assert found is not None
        return found

    asyncio.run(scenario())


def test_reception_is_told_of_the_last_visit_by_plate_and_by_vin() -> None:
    garage = played("j1", "j2")

    async def earlier(field: str, value: str) -> object:
        asked = garage.ask(field=field, value=value)
        sheet = check_sheet(asked)
        name = name_to_look_up(sheet)
        found = await garage.looks.find("test", name) if name else ()
        file = await garage.looks.car("test", last_order_called(name, found))
        return with_earlier(asked, sheet, file[1] if file else {}).context["earlier"]

    async def scenario() -> None:
        for field, value in (("plate", "京a d12345"), ("vin", VIN)):
            known: Any = await earlier(field, value)
            assert (known.job, known.recommended) == ("j2", ("Brake pads",)), field
        assert await earlier("plate", "京A12") is None
        assert await earlier("plate", "沪B8K321") is None

    asyncio.run(scenario())


def test_a_visit_of_any_age_is_told_as_a_story() -> None:
    garage = played("j1")
    found: Any = asyncio.run(read_visit(garage.looks, garage.ask(id="j1", job="j1")))
    assert found is not None
    story = found["story_of"]
    assert [chapter.by for chapter in story[:2]] == ["Anna", "Anna"]
    assert [deed.kind for deed in story[0].deeds] == ["JobOpened", "TicketGiven"]
    started = next(one for one in story if one.deeds[0].kind == "LineStarted")
    assert [deed.kind for deed in started.deeds] == ["LineStarted", "JobMoved", "CarPlaced"]
    assert "Check failed · Team check · Noise · rear left" in page("cars/visit.html", found)


def test_a_state_the_workflow_lost_is_still_told() -> None:
    garage = played("j1")

    async def scenario() -> None:
        flow = SHIPPED.without(["team_check", "road_test"])
        await garage.do(c.ChooseWorkflow(workflow=flow), MONA)
        found: Any = await read_visit(garage.looks, garage.ask(id="j1", job="j1"))
        assert found is not None
        assert "Team check due" in page("cars/visit.html", found)

    asyncio.run(scenario())


def test_an_unknown_car_and_anothers_order_have_no_page() -> None:
    garage = played("j1")

    async def scenario() -> None:
        assert await read_car(garage.looks, garage.ask(id="nobody")) is None
        await garage.do(receive("j5", "沪B8K321"), ANNA)
        assert await read_visit(garage.looks, garage.ask(id="j1", job="j5")) is None
        assert await read_merge(garage.looks, garage.ask(id="nobody")) is None

    asyncio.run(scenario())


def test_two_files_are_shown_side_by_side_and_then_as_one() -> None:
    garage = played("j1")
    both = {"id": "j1", "with": "j7"}

    async def scenario() -> None:
        await garage.do(receive("j7", "浙A7Q5W2", car=Car("浙A7Q5W2", VIN[:-1] + "5")), ANNA)
        found: Any = await read_merge(garage.looks, garage.ask(id="j1", q="7Q5W2"))
        assert found is not None
        assert [one.job_id for one in found["found"]] == ["j7"]
        before: Any = await read_merge(garage.looks, replace(garage.ask(), given=both))
        assert before is not None
        assert before["clash"]
        assert "Are these the same car?" in page("cars/merge.html", before)
        await garage.do(c.MergeCars(kept="j1", merged="j7"), ANNA)
        after: Any = await read_merge(garage.looks, replace(garage.ask(), given=both))
        assert after is not None
        assert (after["same"], after["fresh"]) == (True, True)
        whole: Any = await read_car(garage.looks, garage.ask(id="j7"))
        assert whole is not None
        assert {visit.job for visit in whole["visits"]} == {"j1", "j7"}
        assert whole["car"].plates == ("浙A7Q5W2", PLATE)

    asyncio.run(scenario())


def test_search_leads_from_an_old_order_to_its_file() -> None:
    garage = played("j1")
    found = asyncio.run(garage.looks.find("test", PLATE))
    hits = old_hits(garage.ask(q=PLATE), found)
    context = {"query": PLATE, "hits": (), "old": hits}
    html = RENDERER.fragment("board/search.html", "en", **context)
    assert 'href="/cars/j1"' in html
    assert INES.name not in html
