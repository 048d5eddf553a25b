"""What the demo prints can be done: a sensor spoken by hand, a code made anew."""

import asyncio
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import time, timedelta
from pathlib import Path
from time import monotonic

import pytest

from simulator.demo import Demo, DemoWish
from simulator.doors import Doors, Person
from simulator.fittings import BY_HAND
from simulator.http import Connection, Json, is_object, objects
from simulator.run import simulate
from simulator.welcome import welcome
from tests.devices.waiting import DEADLINE_SECONDS
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"
pytestmark = pytest.mark.timeout(400)
LONG = timedelta(minutes=45)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo whose morning passes in a few seconds."""
    folder = tmp_path_factory.mktemp("text") / "demo"
    wish = DemoWish(
        SHOP_FILE, folder, port=free_port(), rate=600.0, start=time(8), date="2026-11-23"
    )
    with Demo(wish) as started:
        started.start()
        yield started


def test_a_car_seen_by_hand_stays_a_question_until_a_person_answers(demo: Demo) -> None:
    asyncio.run(asyncio.wait_for(_seen_by_hand(demo), 180))


async def _seen_by_hand(demo: Demo) -> None:
    playing = asyncio.create_task(simulate(demo.play(5, 2, 1, None)))
    doors = Doors(demo.url, {"li": demo.crew.pins["li"]})
    try:
        await doors.open()
        advisor = doors.people["li"]
        await _bay(advisor, lambda bay: _presence(bay) == "absent")
        printed = next(line for line in welcome(demo).splitlines() if "mosquitto_pub" in line)
        await asyncio.to_thread(subprocess.run, shlex.split(printed), check=True)
        asked = await _bay(advisor, lambda bay: bool(bay.get("question")))
        await _for_a_long_time(doors, demo)
        assert _asked_at(await _now(advisor)) == _asked_at(asked)
        answer = await advisor.do("answer_question", bay=BY_HAND, agreed=False)
        assert answer.is_good
        await _for_a_long_time(doors, demo)
        assert (await _now(advisor)).get("question") is None
    finally:
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        doors.close()


async def _now(person: Person) -> Json:
    board = await person.read("/api/v1/board")
    return next(bay for bay in objects(board.get("bays")) if bay["id"] == BY_HAND)


async def _bay(person: Person, holds: Callable[[Json], bool]) -> Json:
    deadline = monotonic() + DEADLINE_SECONDS
    while not holds(bay := await _now(person)):
        assert monotonic() < deadline, bay
        await asyncio.sleep(0.05)
    return bay


def _asked_at(bay: Json) -> str:
    """When the question was asked that is open; which car it may be changes with the day."""
    question = bay.get("question")
    return str(question["asked_at"]) if is_object(question) else ""


def _presence(bay: Json) -> str:
    sensed = bay.get("sensed")
    return str(sensed.get("presence")) if is_object(sensed) else ""


async def _for_a_long_time(doors: Doors, demo: Demo) -> None:
    """Longer than the controller takes to answer, and than sensors take to repeat themselves."""
    clock = await doors.time(demo.crew.zone)
    await clock.until(clock.now() + LONG)


def test_the_printed_manager_lets_another_screen_in(demo: Demo) -> None:
    text = welcome(demo)
    assert "token screen" not in text
    said = r"open (\S+) on it.* at\s+(\S+), signed in at \S+ as \S+ \((\w+)\).*PIN (\d{4})"
    found = re.search(said, text)
    assert found is not None
    screen, manager = Connection(demo.url), Connection(demo.url)
    shown = screen.get(found[1].removeprefix(demo.url), "text/html").text
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", shown)
    assert code is not None
    csrf = _csrf(manager, "/?tablet")
    manager.post_form("/sign-in/pin", {"person": found[3], "pin": found[4], "csrf": csrf})
    page = found[2].removeprefix(demo.url)
    wanted = {"audience": "tv", "code": code[0], "csrf": _csrf(manager, page)}
    answer = manager.post_form(f"{page}/approve", wanted)
    told = screen.get("/screens/waiting/tv").text
    screen.close()
    manager.close()
    assert answer.is_good
    assert "approved" in told


def test_the_printed_pages_and_walls_are_there(demo: Demo) -> None:
    text = welcome(demo)
    pages = next(line for line in text.splitlines() if "pages for the roles" in line)
    manager = Connection(demo.url)
    csrf = _csrf(manager, "/?tablet")
    pin = demo.crew.pins[demo.crew.manager]
    manager.post_form("/sign-in/pin", {"person": demo.crew.manager, "pin": pin, "csrf": csrf})
    found = {path: manager.get(path, "text/html").status for path in pages.split()[4:]}
    walls = re.findall(rf"{demo.url}(/\S+)   code", text)
    asked = {path: manager.get(path, "text/html").status for path in walls}
    manager.close()
    assert set(found.values()) == {200}, found
    assert len(walls) == 4
    assert set(asked.values()) == {200}, asked


def _csrf(connection: Connection, path: str) -> str:
    page = connection.get(path, "text/html")
    found = re.search(r'name="csrf" (?:value|content)="([^"]+)"', page.text)
    assert found is not None
    return found[1]
