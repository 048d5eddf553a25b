"""Which pages are pictured, as whom, and what is opened on them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from bench.picture_camera import DESK, HIGH, PHONE, Go, Shot, WallShot
from simulator.demo import Demo
from simulator.http import Json, is_object, objects

WALLS: tuple[WallShot, ...] = (
    WallShot("tv-andon", "tv", (("theme", "andon"),), turned=1),
    WallShot("tv-andon-hant", "tv", (("language", "zh-Hant"),), turned=1),
    WallShot("tv-andon-en", "tv", (("language", "en"),), turned=1),
    WallShot("tv-en", "tv", (("theme", ""),)),
    WallShot("tv-hant", "tv", (("language", "zh-Hant"),)),
    WallShot("tv-overview", "tv", (("language", "zh-Hans"), ("view", "overview"))),
    WallShot("tv", "tv", (("view", "rows"),)),
    WallShot("lounge-hant", "lounge", (("language", "zh-Hant"),)),
    WallShot("lounge-en", "lounge", (("language", "en"),)),
    WallShot("lounge", "lounge", (("language", "zh-Hans"),)),
    WallShot("queue", "queue"),
    WallShot("arrivals-tv", "arrivals-tv"),
)
"""Every picture of a wall; those of one page are of one screen, one after the other, and the
last of them is how it stays.
"""
_CHECKED = ("final_check", "team_check", "self_check")
_ENGLISH, _TRADITIONAL = "en-GB", "zh-TW"
_LINK = re.compile(r'href="(/track/[^"]+)"')
_CODE = re.compile(r'<dd class="code">([0-9 ]+)</dd>')
_CAR = {
    "car.plate": "京A·F2680D",
    "car.model": "E3",
    "car.colour": "白",
    "customer.name": "周先生",
    "car.mileage": "41250",
    "asked": "四万公里保养，空调不凉",
}


def _nobody(_demo: Demo, _board: Json) -> str:
    return ""


def _advisor(demo: Demo, _board: Json) -> str:
    return demo.crew.advisors[0]


def _controller(demo: Demo, _board: Json) -> str:
    return demo.crew.controller


def _parts(demo: Demo, _board: Json) -> str:
    return demo.crew.parts


def _washer(demo: Demo, _board: Json) -> str:
    return demo.crew.washer


def _inspector(demo: Demo, _board: Json) -> str:
    return demo.crew.inspector


def _manager(demo: Demo, _board: Json) -> str:
    return demo.crew.manager


def _at_work(demo: Demo, board: Json) -> str:
    """The technician at work with most lines."""
    lines = {str(job["id"]): len(objects(job["lines"])) for job in objects(board.get("jobs"))}
    running = {
        str(one["id"]): lines.get(str(line["job"]), 0)
        for one in objects(board.get("technicians"))
        if is_object(line := one.get("running")) and one["id"] in demo.crew.skills
    }
    return max(running, key=lambda who: running[who], default=next(iter(demo.crew.skills)))


def _to(path: str) -> Go:
    return lambda page, _demo, _board: _gone(page, path)


def _to_job(path: str, rank: Callable[[Json], int]) -> Go:
    """The page of the job that shows most by that rank."""

    def go(page: Page, _demo: Demo, board: Json) -> None:
        best = max(objects(board.get("jobs")), key=rank)
        _gone(page, path.format(job=best["id"]))

    return go


def _gone(page: Page, path: str) -> None:
    page.goto(path)


def _marks(job: Json) -> int:
    """How many marks the walk round found."""
    reception = job.get("reception")
    sheet = reception.get("sheet") if is_object(reception) else None
    return len(objects(sheet.get("marks"))) if is_object(sheet) else 0


def _lines(job: Json) -> int:
    return 2 * _extras(job) + len(objects(job.get("lines")))


def _extras(job: Json) -> int:
    return sum(is_object(line.get("extra")) for line in objects(job.get("lines")))


def _asked(job: Json) -> int:
    lines = [line for line in objects(job.get("lines")) if line.get("state") == "proposed"]
    extras = [extra for line in lines if is_object(extra := line.get("extra"))]
    return sum(bool(extra.get("asked_at")) for extra in extras)


def _checks(job: Json) -> int:
    """How many points wait to be looked at."""
    due = job.get("check_due")
    points = objects(due.get("points")) if is_object(due) else []
    return len(points) if job["state"] in _CHECKED else 0


def _receiving(page: Page, _demo: Demo, _board: Json) -> None:
    page.goto("/board")
    page.keyboard.press("n")
    page.wait_for_selector("dialog[open] input")
    for name, text in _CAR.items():
        page.fill(f"dialog[open] [name='{name}']", text)
    page.keyboard.press("Tab")


def _phone(page: Page, _demo: Demo, board: Json) -> None:
    """The advisor tells the code; then the page as the customer sees it."""
    best = max(objects(board.get("jobs")), key=_asked)
    told = page.request.get(f"/orders/{best['id']}/extra").text()
    link, code = _LINK.search(told), _CODE.search(told)
    assert link is not None
    assert code is not None
    page.context.clear_cookies()
    page.goto(link[1])
    page.fill("#code", code[1])
    page.locator("form.code button").click()
    page.wait_for_selector("form.choice")


PEOPLE: tuple[Shot, ...] = (
    Shot("board", _advisor, _to("/board"), DESK),
    Shot("receive", _advisor, _receiving, DESK),
    Shot("board-en", _advisor, _to("/board"), DESK, _ENGLISH),
    Shot("board-hant", _advisor, _to("/board"), DESK, _TRADITIONAL),
    Shot("arrivals", _advisor, _to("/arrivals")),
    Shot("reception", _advisor, _to_job("/orders/{job}/reception", _marks), HIGH),
    Shot("lines", _advisor, _to_job("/orders/{job}/lines", _lines)),
    Shot("extra", _advisor, _to_job("/orders/{job}/extra", _asked)),
    Shot("phone", _advisor, _phone, PHONE),
    Shot("phone-en", _advisor, _phone, PHONE, _ENGLISH),
    Shot("phone-hant", _advisor, _phone, PHONE, _TRADITIONAL),
    Shot("parts", _parts, _to("/parts")),
    Shot("tablet", _at_work, _to("/tablet")),
    Shot("tablet-hant", _at_work, _to("/tablet"), locale=_TRADITIONAL),
    Shot("tablet-en", _at_work, _to("/tablet"), locale=_ENGLISH),
    Shot("checks", _inspector, _to_job("/orders/{job}/checks", _checks), HIGH),
    Shot("tablet-washer", _washer, _to("/tablet")),
    Shot("car", _advisor, _to_job("/cars/{job}", _extras)),
    Shot("day", _controller, _to("/day?view=closing")),
    Shot("screens", _manager, _to("/admin/screens"), DESK, shows_ids=True),
    Shot("workflow", _manager, _to("/admin/workflow"), shows_ids=True),
    Shot("sign-in", _nobody, _to("/?tablet")),
    Shot("set-up", _manager, _to("/admin/set-up"), DESK),
)
"""Every picture of a person's page."""
