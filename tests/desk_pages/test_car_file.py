"""A car's file holds every visit of any age, and each visit is told as a story."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from board.core import commands as c
from board.core.job import Car
from board.core.workflow_shipped import SHIPPED
from board.web.session import Signed
from displays.car_pages import read_car, read_merge, read_visit
from displays.dialog_earlier import last_order_called, name_to_look_up, read_earlier, with_earlier
from displays.dialog_receive import check_sheet
from displays.dialog_search import old_hits
from displays.render import PageFacts
from tests.board_page.dialogs import RENDERER, text_of
from tests.builders import ANNA, INES, MONA, receive
from tests.desk.orders import opened
from tests.desk_pages.garage import PLATE, SAID, VIN, Garage, played

REGIONS = {"news": "<i></i>", "calls": "<div></div>"}


def page(template: str, context: Mapping[str, Any]) -> str:
    """What a person reads of a page."""
    facts = PageFacts("desk", "b", 1, "e", 1, 0, 1.0, 480, "/live/desk", "", REGIONS)
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
    shown = ("2026-11-21", "42100 km", "Brake pads", "¥ 500.00", "rear left", "Recommended last")
    for word in shown:
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


def test_who_comes_again_is_reminded_of_the_service_that_was_named() -> None:
    """At the plate that is typed, at the reception of the car, and in its file."""
    garage = Garage()
    due = "2027-05-20 or at 52000 km"

    async def scenario() -> None:
        await opened(garage.desk)
        await garage.visit("j1", delivered=True)
        await garage.long_ago("j1")
        sheet = check_sheet(garage.ask(field="plate", value=PLATE))
        file: Any = await garage.looks.car("test", "j1")
        typed = with_earlier(garage.ask(), sheet, file[1])
        assert due in text_of(RENDERER.fragment(typed.template, "en", say=str, **typed.context))
        await garage.do(receive("j2", PLATE), ANNA)
        here: Any = await read_earlier(garage.looks, garage.ask(job="j2"))
        assert here["earlier"].next_service == SAID
        found: Any = await read_car(garage.looks, garage.ask(id="j2"))
        assert due in page("cars/file.html", found)
        await garage.do(c.MoveJob(job="j2", to="awaiting_dispatch"), ANNA)
        assert (await read_earlier(garage.looks, garage.ask(job="j2")))["earlier"] is None

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
