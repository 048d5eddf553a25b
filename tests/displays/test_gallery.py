"""The gallery shows every region there is, in every language, and nothing of a shop."""

import asyncio
import importlib
import pkgutil
import re
from functools import cache
from itertools import product

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

import displays
from board.core.bays import BayState
from board.core.call_places import told_by_no_bay
from board.core.calls import CallKind, CallStep
from board.core.job import Where
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.workflow import State
from board.languages import Languages
from board.web.session import Signed
from displays.fleet import Standing
from displays.gallery import SAMPLES
from displays.gallery_crowds import CALLED
from displays.gallery_pages import HEADINGS, POLICY, GalleryPages, index_page, sample_page
from displays.gallery_sample import Sample
from displays.gallery_screens import fleet
from displays.gallery_story import STORY
from displays.render import Renderer
from tests.displays.walls import TEMPLATES
from tests.web.front import ROOT

LANGUAGES = Languages(ROOT / "locales")


@cache
def renderer() -> Renderer:
    """One that speaks every language we have."""
    return Renderer(TEMPLATES, LANGUAGES.translations)


def views() -> set[type]:
    """Every class of what a region shows."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(displays.__path__, "displays.")
    ]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    return {kind for kind in kinds if isinstance(vars(kind).get("template"), str)}


def test_no_kind_of_region_is_missing() -> None:
    """Falls over without a sample for it in `displays/gallery.py`."""
    shown = {type(view) for sample in SAMPLES for view in sample.regions("en").values()}
    assert len(views()) > 40
    assert {kind.__name__ for kind in views() - shown} == set()


SCREENS = (
    "arrivals_wall", "board", "lounge", "overview", "phone", "queue", "screens", "speech",
    "tablet", "tv",
)  # fmt: skip
"""Folders of templates of which screens are made; those of desk pages are walked by every_page."""


def _dialogs() -> set[str]:
    """Templates that only dialogs use: every_page opens these in a running board."""
    drawn, found = re.compile(r"""['"](board/[a-z_]+\.html)['"]"""), set[str]()
    waiting = {
        name
        for file in (ROOT / "displays").glob("dialog*.py")
        for name in drawn.findall(file.read_text())
    }
    while waiting - found:
        found |= waiting
        waiting = {one for name in found for one in drawn.findall((TEMPLATES / name).read_text())}
    return found


def test_no_template_of_a_screen_is_missing() -> None:
    """Falls over without a sample that is made by it; what a shop tells a browser is no picture,
    and what desk pages have in a hand is tried in a browser with them.
    """
    ours = renderer()
    for sample in SAMPLES:
        sample_page(ours, sample, "en")
    used = {name for known in ours._environments.values() for name in vars(known)["made"]}
    every = {
        f"{folder}/{file.name}" for folder in SCREENS for file in (TEMPLATES / folder).glob("*")
    }
    elsewhere = {"tablet/manifest.html", "tablet/away.html", "tablet/in_hand.html"}
    assert every - used - _dialogs() == elsewhere


def test_every_state_of_a_car_a_bay_and_a_call_is_there() -> None:
    assert {job.state for job in STORY.jobs.values()} == set(State)
    assert {bay.state for bay in STORY.bays.values()} == set(BayState)
    calls = [call for shop in CALLED.values() for call in shop.calls.values()]
    steps = set(CallStep) - {CallStep.closed}
    assert {(call.kind, call.step) for call in calls} == set(product(CallKind, steps))
    away = CALLED["away"]
    stand = {away.jobs[call.job].place.where for call in told_by_no_bay(away)}
    assert stand == set(Where) - {Where.bay}, "cars of calls that no bay tells"


def test_every_way_a_screen_can_do_is_there() -> None:
    rows = fleet()["rows"]
    assert isinstance(rows, list)
    assert {row.doing for row in rows} == set(Standing)
    assert {name for row in rows for name in row.troubles} >= {
        "differs",
        "build",
        "clock",
        "frozen",
    }


def test_every_page_has_a_name_of_its_own() -> None:
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


def test_the_list_has_one_part_for_each_kind_of_screen_and_each_page_once() -> None:
    """Falls over without a heading for a new audience in `displays/gallery_pages.py`."""
    for language in LANGUAGES.available:
        html = index_page(renderer(), language)
        headings = re.findall(r"<h2>([^<]+)</h2>", html)
        say = LANGUAGES.translations(language).gettext
        assert headings == [say(heading) for heading in HEADINGS]
        listed = re.findall(rf'<li><a href="/gallery/([a-z-]+)\?language={language}"', html)
        assert sorted(listed) == sorted(sample.name for sample in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_page_can_be_made_in_every_language(sample: Sample) -> None:
    for language in LANGUAGES.available:
        html = sample_page(renderer(), sample, language)
        assert f'lang="{language}"' in html
        assert "undefined" not in html


def test_its_pages_can_ask_and_send_nothing() -> None:
    """Falls over without `form-action 'none'` in `displays/gallery_pages.py`."""
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert (rules["default-src"], rules["form-action"]) == ("'none'", "'none'")
    assert "connect-src" not in rules


class AskedBy:
    """Says who asks, as the middleware of a whole server does."""

    def __init__(self, app: ASGIApp, signed: Signed | None) -> None:
        self._app = app
        self._signed = signed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        scope["state"] = {"signed": self._signed, "language": "en"}
        await self._app(scope, receive, send)


def _somebody(*roles: Role) -> Signed:
    return Signed("p", Actor("person", "p", "P", frozenset(roles), "desk"), "csrf", "en", "hash")


def _asked(signed: Signed | None, *paths: str) -> list[httpx.Response]:
    pages = GalleryPages(renderer(), "")
    app = Starlette(routes=pages.routes(), middleware=[Middleware(AskedBy, signed=signed)])

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
            return [await client.get(path) for path in paths]

    return asyncio.run(run())


def _statuses(signed: Signed | None) -> set[int]:
    return {answer.status_code for answer in _asked(signed, "/gallery", "/gallery/board")}


def test_a_language_that_nobody_speaks_is_not_kept() -> None:
    """Falls over when any text is handed to the renderer, which keeps what it made for each."""
    paths = [f"/gallery/board?language={asked}" for asked in ("xx", "zh-Hant")]
    strange, known = _asked(_somebody(Role.manager), *paths)
    assert 'lang="en"' in strange.text
    assert 'lang="zh-Hant"' in known.text


def test_only_managers_look_at_it() -> None:
    """Falls over without `signed.actor.has(Role.manager)` in `displays/gallery_pages.py`."""
    others = _somebody(*(role for role in PEOPLE_ROLES if role != Role.manager))
    assert _statuses(None) == _statuses(others) == {303}
    assert _statuses(_somebody(Role.manager)) == {200}


def test_the_lounge_is_there_with_its_network_from_afar_and_before_anybody_touched_it() -> None:
    made = {each.name: sample_page(renderer(), each, "en") for each in SAMPLES}
    assert all("Guest-5G" in made[name] for name in ("lounge", "lounge-far", "lounge-tap"))
    assert "is-far" in made["lounge-far"]
    assert "is-far" not in made["lounge"]
    assert "data-mute" in made["lounge-tap"]
    assert 'id="tap"' in made["lounge-tap"]
