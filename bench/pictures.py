"""Takes the pictures of the screens: a demo day with a fixed seed up to a rich moment.

python -m bench.pictures [FOLDER]
"""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.visible_words import stray_lines
from simulator.demo import Demo, DemoWish
from simulator.http import Json, is_object, objects
from simulator.run import Outcome, simulate

HOME = Path(__file__).resolve().parents[1]
FOLDER = HOME / "docs" / "pictures"
DAY, MOMENT = "2026-11-23", time(11, 40)
SEED, VISITS = 7, 46
RATE, STILL = 200.0, 0.02
MOST_BYTES = 400_000
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
RICH = (
    *("reception", "dispatch", "work", "hold", "check", "wash", "handover"),
    *("calm", "soon", "late", "blocked", "worked", "unknown", "question", "someone at work"),
)
DESK, TABLET, WALL = (1440, 900), (1280, 800), (1920, 1080)


def main() -> int:
    """Play, stand still, take every picture; 1 when the day or a picture went wrong."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="baylight-pictures-") as data:
        wish = DemoWish(
            shop=HOME / "examples" / "demo.toml",
            data=Path(data) / "demo",
            port=_free_port(),
            rate=RATE,
            start=time(8),
            date=DAY,
        )
        with Demo(wish) as demo:
            outcome = _play(demo)
            _stand_still(demo)
            poor = _take_all(demo, folder)
    for sentence in (*outcome.surprises, *poor):
        _say(sentence)
    return 1 if outcome.surprises or poor else 0


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _play(demo: Demo) -> Outcome:
    demo.start()
    return asyncio.run(simulate(demo.play(SEED, VISITS, 1, MOMENT)))


def _stand_still(demo: Demo) -> None:
    """Go on from the same moment with a clock that hardly moves."""
    clock = demo.ready().get("clock")
    assert isinstance(clock, dict)
    demo.stop()
    demo.serve(f"{clock['now']},{STILL}")
    demo.make_codes()


def _missing(board: Json) -> list[str]:
    """What a rich moment has and this board lacks."""
    jobs, bays = objects(board.get("jobs")), objects(board.get("bays"))
    shown = {
        *(str(job["lane"]) for job in jobs),
        *(str(job["tone"]) for job in jobs),
        *(str(bay["condition"]) for bay in bays),
        *(str(one["presence"]) for bay in bays if is_object(one := bay.get("sensed"))),
        *("question" for bay in bays if bay.get("question")),
    }
    shown |= {"someone at work" for one in objects(board.get("technicians")) if one.get("running")}
    return [f"the moment lacks {what}" for what in RICH if what not in shown]


def _take_all(demo: Demo, folder: Path) -> list[str]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            poor = [*_walls(browser, demo, folder), *_people(browser, demo, folder)]
        finally:
            browser.close()
    sizes = {file.name: os.path.getsize(file) for file in sorted(folder.glob("*.png"))}
    return poor + [f"{name} has {size} bytes" for name, size in sizes.items() if size > MOST_BYTES]


@contextmanager
def _context(
    browser: Browser, demo: Demo, size: tuple[int, int], locale: str = "zh-CN"
) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=demo.url,
        viewport={"width": size[0], "height": size[1]},
        locale=locale,
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def _shoot(page: Page, file: Path) -> list[str]:
    """Take a settled page: fonts are there, the socket has said where it stands.

    What a Chinese page says in another language.
    """
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1200)
    page.screenshot(path=file)
    is_chinese = str(page.evaluate("document.documentElement.lang")).startswith("zh")
    strays = stray_lines(page) if is_chinese else []
    return [f"{file.name} says: {line}" for line in strays]


def _walls(browser: Browser, demo: Demo, folder: Path) -> list[str]:
    strays: list[str] = []
    for audience in ("tv", "lounge"):
        with _context(browser, demo, WALL) as page:
            page.goto(f"/{audience}")
            page.fill("input[name=code]", demo.codes[audience])
            page.click("main button")
            page.wait_for_selector("[data-r]")
            strays += _shoot(page, folder / f"{audience}.png")
    return strays


def _people(browser: Browser, demo: Demo, folder: Path) -> list[str]:
    with _context(browser, demo, DESK) as page:
        _sign_in(page, demo, demo.crew.advisors[0])
        board: Json = page.request.get("/api/v1/board").json()
    pages = (_board, _english_board, _tablets, _set_up)
    strays = [line for take in pages for line in take(browser, demo, folder, board)]
    return _missing(board) + strays


def _board(browser: Browser, demo: Demo, folder: Path, _now: Json) -> list[str]:
    with _context(browser, demo, DESK) as page:
        _sign_in(page, demo, demo.crew.advisors[0])
        page.goto("/board")
        strays = _shoot(page, folder / "board.png")
        page.keyboard.press("n")
        page.wait_for_selector("dialog[open] input")
        _type_a_car(page)
        return strays + _shoot(page, folder / "receive.png")


def _english_board(browser: Browser, demo: Demo, folder: Path, _now: Json) -> list[str]:
    with _context(browser, demo, DESK, "en-GB") as page:
        _sign_in(page, demo, demo.crew.advisors[0])
        page.goto("/board")
        return _shoot(page, folder / "board-en.png")


def _tablets(browser: Browser, demo: Demo, folder: Path, now: Json) -> list[str]:
    strays: list[str] = []
    who = {"tablet": _at_work(now, demo), "tablet-washer": demo.crew.washer}
    with _context(browser, demo, TABLET) as page:
        page.goto("/?tablet")
        strays += _shoot(page, folder / "sign-in.png")
    for name, person in who.items():
        with _context(browser, demo, TABLET) as page:
            _sign_in(page, demo, person)
            page.goto("/tablet")
            strays += _shoot(page, folder / f"{name}.png")
    return strays


def _set_up(browser: Browser, demo: Demo, folder: Path, _now: Json) -> list[str]:
    with _context(browser, demo, DESK) as page:
        _sign_in(page, demo, demo.crew.manager)
        page.goto("/admin/set-up")
        return _shoot(page, folder / "set-up.png")


def _sign_in(page: Page, demo: Demo, person: str) -> None:
    """Through the page's own form, without the keys drawn on it."""
    page.goto("/?tablet")
    csrf = page.locator("input[name=csrf]").first.input_value()
    pin = demo.crew.pins[person]
    fields: dict[str, str | float | bool] = {"person": person, "pin": pin, "csrf": csrf}
    spoken = str(page.evaluate("navigator.language"))
    headers = {"origin": demo.url, "accept-language": spoken}
    answer = page.request.post("/sign-in/pin", form=fields, headers=headers)
    if not answer.ok:
        raise ValueError(f"{person} cannot sign in: {answer.status}")


def _at_work(board: Json, demo: Demo) -> str:
    """The technician at work with most lines."""
    lines = {str(job["id"]): len(objects(job["lines"])) for job in objects(board.get("jobs"))}
    running = {
        str(one["id"]): lines.get(str(line["job"]), 0)
        for one in objects(board.get("technicians"))
        if is_object(line := one.get("running")) and one["id"] in demo.crew.skills
    }
    return max(running, key=lambda who: running[who], default=next(iter(demo.crew.skills)))


def _type_a_car(page: Page) -> None:
    typed = {
        "car.plate": "京A·F2680D",
        "car.model": "E3",
        "car.colour": "白",
        "customer.name": "周先生",
        "car.mileage": "41250",
        "asked": "四万公里保养，空调不凉",
    }
    for name, text in typed.items():
        page.fill(f"dialog[open] [name='{name}']", text)
    page.keyboard.press("Tab")


if __name__ == "__main__":
    sys.exit(main())
