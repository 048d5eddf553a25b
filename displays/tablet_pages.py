"""The tablet's page over HTTP: who holds it, and their own regions put together.

Knows no commands; the page posts them to the doors by itself.
"""

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from board.core.indirect import known_codes
from displays.defect_words import defect_word
from displays.pages import LivePages, variant_of

_WORKER = Path(__file__).resolve().parents[1] / "static" / "tablet_worker.js"

TOGETHER = {
    "tablet_page.css": (
        *("desk.css", "tablet.css", "tablet_calls.css", "tablet_sheets.css"),
        "tablet_upright.css",
    ),
    "tablet_page.js": (
        *("times.js", "regions.js", "tablet_offline.js", "live.js", "photos.js", "tablet_clock.js"),
        *("tablet_store.js", "tablet_loose.js", "tablet_outbox.js", "tablet_ahead.js"),
        *("tablet_unsent.js", "tablet_words.js", "tablet.js"),
        *("tablet_notes.js", "tablet_leave.js", "tablet_me.js", "tablet_begun.js"),
        *("tablet_lock.js", "badge_scan.js"),
    ),
}
"""What its page is made of: a tablet on a slow line asks twice instead of sixteen times."""

SIGN_IN = "/?tablet"
"""Where a shared tablet asks who uses it."""


@dataclass(frozen=True, slots=True)
class TabletPages:
    """The page of technicians, team leaders, inspectors and washers."""

    pages: LivePages

    def routes(self) -> list[Route]:
        """Its address, and what a browser needs to install it."""
        return [
            Route("/tablet", self.tablet, methods=["GET"]),
            Route("/tablet/away", self.away, methods=["GET"]),
            Route("/tablet-worker.js", self.worker, methods=["GET"]),
            Route("/tablet.webmanifest", self.manifest, methods=["GET"]),
        ]

    async def worker(self, _request: Request) -> Response:
        """`GET /tablet-worker.js`: outside of /static, for a worker rules only what is below it."""
        return Response(_WORKER.read_bytes(), media_type="text/javascript")

    async def away(self, request: Request) -> Response:
        """`GET /tablet/away`: what the worker keeps for a tablet without connection; of nobody."""
        self.pages.patient(request)
        return HTMLResponse(
            self.pages.renderer.fragment("tablet/away.html", request.state.language)
        )

    async def manifest(self, request: Request) -> Response:
        """`GET /tablet.webmanifest`: what the page is called on a home screen."""
        self.pages.patient(request)
        desk, language = request.state.desk, request.state.language
        shop = desk.shop.settings.name if desk is not None else ""
        body = self.pages.renderer.fragment("tablet/manifest.html", language, shop=shop)
        return Response(body, media_type="application/manifest+json")

    async def tablet(self, request: Request) -> Response:
        """`GET /tablet`: the holder's own page; a stranger is asked who uses the tablet.

        Somebody without work at cars is sent to the page on which they start.
        """
        signed, desk = request.state.signed, request.state.desk
        if signed is None or not signed.person_id or desk is None:
            return RedirectResponse(SIGN_IN, 303)
        variant = variant_of(signed, desk.shop.id, "tablet")
        if variant is None:
            return RedirectResponse("/", 303)
        defects = defect_word(desk.shop)
        codes = tuple(known_codes(desk.shop.settings.indirect_codes).items())
        return self.pages.show(request, "tablet/page.html", variant, defects=defects, codes=codes)
