"""`/track/{token}`: the page on a customer's phone, its code, its photos and its answers.

What a customer decides is a command like any other. Knows nothing of how the page looks. The
address is the secret and proves every form: so no cookie is set before the code was typed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from board.batches import KeyUsed
from board.core.commands import DecideLine
from board.core.job import Job
from board.core.refusals import Refused
from board.core.shop import Shop
from board.desk import Receipt
from board.web.body import Fields, read_form
from board.web.checks import one
from board.web.doors import Doors
from board.web.errors import Stopped, sentence_of
from board.web.limits import address
from board.web.packing import packed_page
from board.web.patience import not_for_ever
from board.web.phone_guests import Guest, guest_of, let_guest_in, still, try_code
from board.web.refusal_text import refusal_text
from board.web.speaking import speech

_HEADERS = {"x-robots-tag": "noindex, nofollow", "cache-control": "no-store"}
# All other refusals are written for who works here, in the words of the workshop.
_TOLD_TO_CUSTOMERS = frozenset({"price_changed", "line_decided"})


class Shown(Protocol):
    """What one region of the page shows; `template` turns it into html."""

    template: ClassVar[str]


@runtime_checkable
class Asking(Shown, Protocol):
    """A region with questions."""

    def question(self, line: str) -> object:
        """The open question about a line, None when there is none."""


Show = Callable[[Shop, Job, datetime, bool], Mapping[str, Shown]]
"""(shop, job, now, whether the code was typed) -> every region of the page by its id."""

Act = Callable[[Request, Guest], Awaitable[Response]]


@dataclass(frozen=True)
class PhoneDoor:
    """The door of customers."""

    doors: Doors
    show: Show

    def routes(self) -> list[Route]:
        """Return the routes."""
        here = "/track/{token}"
        return [
            Route(here, self._met(self.page), methods=["GET"]),
            Route(f"{here}/code", self._met(self.code), methods=["POST"]),
            Route(f"{here}/answer", self._met(self.answer), methods=["POST"]),
            # After a refusal this is the address a browser keeps, and may open or pass on again.
            Route(f"{here}/code", self._met(self.back), methods=["GET"]),
            Route(f"{here}/answer", self._met(self.back), methods=["GET"]),
            Route(f"{here}/news", self.news, methods=["GET"]),
            Route(f"{here}/photos/{{name}}", self.picture, methods=["GET"]),
        ]

    def _met(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint for whoever has a link that lives; others are told in words for customers."""

        async def endpoint(request: Request) -> Response:
            try:
                guest = self._guest(request)
            except Stopped as stopped:
                return self._turned_away(request, stopped)
            return await act(request, guest)

        return endpoint

    async def page(self, request: Request, guest: Guest) -> Response:
        """The page; what costs or shows something only for who has typed the code."""
        return self._page(request, guest)

    async def back(self, request: Request, guest: Guest) -> Response:
        """To the page, from the address of a form."""
        return RedirectResponse(guest.path + guest.said, 303, _HEADERS)

    def _guest(self, request: Request) -> Guest:
        """Who asks; from here on everything is said in the language that the address names."""
        wished = request.query_params.get("language", "")
        if wished in self.doors.languages.available:
            request.scope["state"].update(speech(self.doors, wished))
        return guest_of(self.doors, request)

    def _turned_away(self, request: Request, stopped: Stopped) -> Response:
        sentence = sentence_of(stopped.code, stopped.params, request.scope)
        html = self.doors.render("phone/over.html", request.state.language, sentence=sentence)
        return packed_page(request, html, stopped.status, _HEADERS)

    def _page(
        self,
        request: Request,
        guest: Guest,
        status: int = 200,
        error: str = "",
        sure: DecideLine | None = None,
    ) -> Response:
        regions = self._regions(guest, request.state.language)
        asked = self._asked(guest, sure.line) if sure else None
        html = self.doors.render(
            "phone/page.html",
            request.state.language,
            path=guest.path,
            said=guest.said,
            languages=self.doors.languages.available,
            error=error,
            sure=sure,
            asked=asked,
            regions=regions,
        )
        return packed_page(request, html, status, _HEADERS)

    def _asked(self, guest: Guest, line: str) -> object:
        """The question about a line as it is asked now, None when it is not."""
        view = self._views(guest)["phone-ask"]
        return view.question(line) if isinstance(view, Asking) else None

    def _views(self, guest: Guest) -> Mapping[str, Shown]:
        desk = guest.desk
        job = desk.shop.jobs.get(guest.job.id, guest.job)
        return self.show(desk.shop, job, desk.now(), guest.opened)

    def _regions(self, guest: Guest, language: str) -> Mapping[str, str]:
        """The html of every region: the same for the page and for what is pushed."""
        given = {"path": guest.path, "said": guest.said}
        return {
            name: self.doors.render(view.template, language, id=name, view=view, **given).strip()
            for name, view in self._views(guest).items()
        }

    async def code(self, request: Request, guest: Guest) -> Response:
        """Field code: the six digits from the shop, for the cookie of this page."""
        fields = await read_form(request)
        try:
            is_right = await try_code(self.doors, request, guest, one(fields, "code"))
        except Stopped as stopped:
            return self._refused(request, guest, stopped)
        if not is_right:
            return self._refused(request, guest, Stopped(422, "phone_code_wrong"))
        answer = RedirectResponse(guest.path + guest.said, 303, _HEADERS)
        let_guest_in(self.doors, request, guest, answer)
        return answer

    def _refused(self, request: Request, guest: Guest, stopped: Stopped) -> Response:
        sentence = sentence_of(stopped.code, stopped.params, request.scope)
        answer = self._page(request, guest, stopped.status, sentence)
        if stopped.retry_after_seconds:
            answer.headers["retry-after"] = str(stopped.retry_after_seconds)
        return answer

    async def answer(self, request: Request, guest: Guest) -> Response:
        """Fields line, approved, price, parts_price, round; without `sure` it is asked first.

        The price is the one that was shown: an answer to another one is refused.
        """
        fields = await read_form(request)
        if not guest.opened:
            return self._refused(request, guest, Stopped(403, "phone_code_first"))
        command = _decision(guest.job, fields)
        if not one(fields, "sure"):
            return self._page(request, guest, sure=command)
        return await self._decided(request, guest, command, one(fields, "round"))

    async def _decided(
        self, request: Request, guest: Guest, command: DecideLine, asked: str
    ) -> Response:
        # Pressed twice it is one answer; the question after a new price is another one.
        said = "yes" if command.approved else "no"
        command_id = f"phone:{guest.job.id[:40]}:{command.line}:{asked[:4]}:{said}"
        try:
            async with not_for_ever():
                answer = await guest.desk.handle(command, guest.actor, command_id)
        except KeyUsed:
            answer = Refused("price_changed")
        if isinstance(answer, Receipt):
            return RedirectResponse(guest.path + guest.said, 303, _HEADERS)
        if answer.code not in _TOLD_TO_CUSTOMERS:
            return self._refused(request, guest, Stopped(409, "phone_too_late"))
        sentence = refusal_text(answer, guest.desk.shop, request.state.speak)
        return self._page(request, guest, 409, sentence)

    async def news(self, request: Request) -> Response:
        """An event stream of regions as they change; 503 when too many listen."""
        guest, from_where = self._guest(request), address(request.scope)
        language = request.state.language
        if not self.doors.phones.has_room(from_where):
            return Response(status_code=503, headers=_HEADERS)

        def look() -> Mapping[str, str] | None:
            known = still(self.doors, guest)
            return self._regions(known, language) if known else None

        lines = self.doors.phones.listen(guest.desk.shop.id, guest.job.id, from_where, look)
        return StreamingResponse(lines, media_type="text/event-stream", headers=_HEADERS)

    async def picture(self, request: Request) -> Response:
        """A photo of a question or an answer of this job; `?small` its thumbnail. 404 else."""
        guest = self._guest(request)
        name = request.path_params["name"]
        if not guest.opened or name not in guest.photos:
            raise Stopped(404, "not_found")
        small = "small" in request.query_params
        async with not_for_ever():
            found = await asyncio.to_thread(
                self.doors.photo, guest.desk.shop.id, guest.job.id, name, small
            )
        if not found:
            raise Stopped(404, "not_found")
        return Response(found, media_type="image/jpeg", headers=_HEADERS)


def _decision(job: Job, fields: Fields) -> DecideLine:
    approved = one(fields, "approved")
    fen = [one(fields, name) for name in ("price", "parts_price")]
    is_plain = all(text.isascii() and text.isdecimal() and len(text) < 12 for text in fen)
    if approved not in ("true", "false") or not is_plain:
        raise Stopped(422, "not_a_form")
    price, parts_price = map(int, fen)
    return DecideLine(
        job=job.id,
        line=one(fields, "line")[:20],
        approved=approved == "true",
        price=price,
        parts_price=parts_price,
    )
