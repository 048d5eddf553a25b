"""`/gallery`: a list of its pages, and each page as a screen would show it, standing still.

For managers, on any server: it holds no data of a shop, and its pages can neither ask nor send
anything, because their policy allows no connection and no form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from board.core.days import local
from board.core.languages import NAMES
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.shop import Shop
from board.web.session import Signed
from displays.audiences import languages_for
from displays.frames import milliseconds
from displays.gallery import SAMPLES
from displays.gallery_sample import SHOWN, Sample
from displays.gallery_shop import NOW
from displays.render import PageFacts, Renderer
from displays.views.parts import N_
from displays.wall_dress import THEMES, dressed

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 300'%3E"
    "%3Crect width='400' height='300' fill='%23556'/%3E"
    "%3Ccircle cx='200' cy='150' r='120' fill='%23aab'/%3E"
    "%3Ccircle cx='200' cy='150' r='45' fill='%23556'/%3E%3C/svg%3E"
)
"""Stands for every photo: a brake disc."""
_PHOTO = re.compile(r'src="[^"]*/photos/[^"]*"')
HEADINGS: Mapping[str, tuple[str, ...]] = {
    N_("Workshop TV"): ("tv",),
    N_("The whole shop"): ("overview",),
    N_("Lounge screen"): ("lounge",),
    N_("Reception queue"): ("queue",),
    N_("Arrivals board"): ("arrivals",),
    N_("Connect this screen"): ("unpaired",),
    N_("Board"): ("board",),
    N_("Screens"): ("desk",),
    N_("Tablet"): ("tablet",),
    N_("Phone page"): ("phone", "ended"),
}
"""What the list calls the pages of each kind of screen."""
_BY_NAME = {sample.name: sample for sample in SAMPLES}


def index_page(renderer: Renderer, language: str) -> str:
    """The html of the list: one part for each kind of screen."""
    groups = [
        (heading, [sample for sample in SAMPLES if sample.audience in audiences])
        for heading, audiences in HEADINGS.items()
    ]
    return renderer.fragment("gallery/index.html", language, groups=groups)


def sample_page(renderer: Renderer, sample: Sample, language: str, build: str = "") -> str:
    """The html of a page of the gallery."""
    html = _PHOTO.sub(f'src="{PICTURE}"', _made(renderer, sample, language, build))
    told = {f"data-{name}": value for name, value in sample.befalls.items()}
    src = f"/static/gallery.js?v={build}"
    script = renderer.fragment("gallery/befalls.html", language, src=src, told=told)
    return html.replace("</title>", f"</title>{script}", 1)


def _made(renderer: Renderer, sample: Sample, language: str, build: str) -> str:
    if sample.audience == "phone":
        return _phone(renderer, sample, language)
    if sample.audience not in SHOWN:
        return renderer.fragment(
            sample.template, language, **_translated(renderer, sample, language)
        )
    language = languages_for(sample.audience, language, sample.look.second_language)
    views = sample.regions(language)
    regions = {name: renderer.region(name, view, language) for name, view in views.items()}
    signed = _somebody(sample.shop, sample.holder, language)
    given = {"signed": signed, "look": sample.look, **_worn(sample, language), **sample.context}
    return renderer.page(sample.template, language, _facts(sample, build, regions), **given)


def _translated(renderer: Renderer, sample: Sample, language: str) -> dict[str, object]:
    """What a page is given, its sentences in the language."""
    said = {
        name: Markup(renderer.fragment("gallery/said.html", language, sentence=text))
        for name in ("error", "sentence")
        if isinstance(text := sample.context.get(name, ""), str) and text
    }
    return {**sample.context, **said}


def _worn(sample: Sample, language: str) -> dict[str, object]:
    """What a wall's page is told of how it is dressed; nothing for other pages."""
    if sample.audience not in THEMES:
        return {}
    dress = dressed(sample.shop, sample.audience, sample.look, language)
    return {"theme": dress.classes, "lines": dress.rows, "screen": "TV-02"}


def _somebody(shop: Shop, person: str, language: str) -> Signed:
    """Somebody of the gallery's shop, with no token: none of their forms does anything."""
    known = shop.people.get(person)
    roles = known.roles if known else frozenset(PEOPLE_ROLES)
    actor = Actor("person", person, known.name if known else "", roles, "gallery")
    return Signed(person, actor, "", language, "")


def _facts(sample: Sample, build: str, regions: dict[str, str]) -> PageFacts:
    now = local(NOW, sample.shop.settings)
    closed = sample.closed_minutes
    minute = now.hour * 60 + now.minute
    return PageFacts(
        audience=sample.audience,
        boot="gallery",
        rev=0,
        epoch="gallery",
        seq=0,
        at_ms=milliseconds(NOW),
        rate=1.0,
        zone_minutes=480,
        socket="/live/gallery" if sample.befalls else "",
        build=build,
        regions=regions,
        opens=0 if closed is None else 480,
        closes=1440 if closed is None else minute - closed,
        noon=minute if sample.afternoon else minute + 60,
        darkens=sample.own_hours,
    )


def _phone(renderer: Renderer, sample: Sample, language: str) -> str:
    given = {"path": "/track/gallery" if sample.befalls else "", "said": ""}
    regions = {
        name: renderer.fragment(view.template, language, id=name, view=view, **given).strip()
        for name, view in sample.regions(language).items()
    }
    told = {
        "languages": tuple(NAMES),
        "regions": regions,
        **_translated(renderer, sample, language),
    }
    return renderer.fragment(sample.template, language, **given, **told)


@dataclass(frozen=True, slots=True)
class GalleryPages:
    """Answers for the gallery."""

    renderer: Renderer
    build: str

    def routes(self) -> list[Route]:
        """The list and its pages."""
        return [
            Route("/gallery", self.listed, methods=["GET"]),
            Route("/gallery/{name}", self.page, methods=["GET"]),
        ]

    async def listed(self, request: Request) -> Response:
        """Names of all pages, by what they are shown on."""
        if not _may_look(request):
            return RedirectResponse("/", 303)
        html = index_page(self.renderer, request.state.language)
        return HTMLResponse(html, headers=HEADERS)

    async def page(self, request: Request) -> Response:
        """`?language=` is one of ours, else that of who looks."""
        if not _may_look(request):
            return RedirectResponse("/", 303)
        sample = _BY_NAME.get(request.path_params["name"])
        if sample is None:
            return RedirectResponse("/gallery", 303)
        asked = request.query_params.get("language", "")
        language = asked if asked in NAMES else request.state.language
        html = sample_page(self.renderer, sample, language, self.build)
        return HTMLResponse(html, headers=HEADERS)


def _may_look(request: Request) -> bool:
    signed = request.state.signed
    return bool(signed and signed.person_id and signed.actor.has(Role.manager))
