"""`/gallery`: a list of its pages, and each page as a screen would show it, standing still.

For managers, on any server: it holds no data of a shop, and its pages can neither ask nor send
anything, because their policy allows no connection and no form.
"""

from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from board.core.languages import NAMES
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.shop import Shop
from board.web.session import Signed
from displays.audiences import languages_for
from displays.frames import milliseconds
from displays.gallery import SAMPLES, Sample
from displays.gallery_shop import NOW
from displays.render import PageFacts, Renderer
from displays.wall_dress import THEMES, dressed

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
_BY_NAME = {sample.name: sample for sample in SAMPLES}


def sample_page(renderer: Renderer, sample: Sample, language: str, build: str = "") -> str:
    """The html of a page of the gallery."""
    if sample.audience == "phone":
        return _phone(renderer, sample, language)
    language = languages_for(sample.audience, language, sample.look.second_language)
    views = sample.regions(language)
    regions = {name: renderer.region(name, view, language) for name, view in views.items()}
    signed = _somebody(sample.shop, sample.holder, language)
    given = {"signed": signed, "look": sample.look, **_worn(sample, language), **sample.context}
    return renderer.page(
        sample.template, language, _facts(sample.audience, build, regions), **given
    )


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


def _facts(audience: str, build: str, regions: dict[str, str]) -> PageFacts:
    return PageFacts(
        audience=audience,
        boot="gallery",
        rev=0,
        epoch="gallery",
        seq=0,
        at_ms=milliseconds(NOW),
        rate=1.0,
        zone_minutes=480,
        socket="",
        build=build,
        regions=regions,
    )


def _phone(renderer: Renderer, sample: Sample, language: str) -> str:
    given = {"path": "", "said": ""}
    regions = {
        name: renderer.fragment(view.template, language, id=name, view=view, **given).strip()
        for name, view in sample.regions(language).items()
    }
    told = {"languages": (), "error": "", "sure": None, "asked": None, "regions": regions}
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
        """Names of all pages, by audience."""
        if not _may_look(request):
            return RedirectResponse("/", 303)
        language = request.state.language
        groups = [(key, list(each)) for key, each in groupby(SAMPLES, lambda one: one.audience)]
        html = self.renderer.fragment("gallery/index.html", language, groups=groups)
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
