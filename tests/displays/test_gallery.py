"""The gallery shows every region there is, in every language, and nothing of a shop."""

import asyncio
import importlib
import pkgutil
from functools import cache

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

import displays
from board.core.bays import BayState
from board.core.calls import CallStep
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.workflow import State
from board.languages import Languages
from board.web.session import Signed
from displays.gallery import SAMPLES, Sample
from displays.gallery_pages import POLICY, GalleryPages, sample_page
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


def test_every_state_of_a_car_a_bay_and_a_call_is_there() -> None:
    assert {job.state for job in STORY.jobs.values()} == set(State)
    assert {bay.state for bay in STORY.bays.values()} == set(BayState)
    assert {call.step for call in STORY.calls.values()} == set(CallStep) - {CallStep.closed}


@pytest.mark.parametrize("language", LANGUAGES.available)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_page_can_be_made_in_every_language(sample: Sample, language: str) -> None:
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
