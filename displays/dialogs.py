"""The board's dialogs over HTTP: GET /board/dialog/{name} and GET /board/check, as fragments."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from board.core.events import Fact
from board.core.refusals import Refused
from board.core.shop import Shop
from board.web.session import Signed
from displays.arrivals_page import book_sheet, booking_sheet
from displays.catalogue_page import change_item_sheet, withdraw_item_sheet
from displays.clocks_page import correct_sheet, indirect_sheet
from displays.dialog_answer import answer_sheet
from displays.dialog_asks import GONE, Ask, Builder, Sheet
from displays.dialog_detail import job_sheet
from displays.dialog_dispatch import dispatch_sheet
from displays.dialog_earlier import last_order_called, name_to_look_up, with_earlier
from displays.dialog_history import told_history
from displays.dialog_hold import hold_sheet, resume_sheet
from displays.dialog_move import drop_sheet, menu_sheet, why_sheet
from displays.dialog_order import (
    cancel_sheet,
    fail_sheet,
    flags_sheet,
    place_sheet,
    promise_sheet,
    rebook_sheet,
)
from displays.dialog_parts import (
    part_issue_sheet,
    part_order_sheet,
    part_request_sheet,
    part_wrong_sheet,
)
from displays.dialog_point import point_sheet
from displays.dialog_receive import check_sheet, describe_sheet, receive_sheet
from displays.dialog_search import Found, bay_sheet, old_hits, search_sheet
from displays.dialog_unsigned import unsigned_sheet
from displays.order_lines import change_line_sheet, hits_sheet, withdraw_line_sheet
from displays.render import Renderer

History = Callable[[str, str], Awaitable[Sequence[Fact]]]
Find = Callable[[str, str], Awaitable[Sequence[Found]]]
CarOf = Callable[[str, str], Awaitable[tuple[str, Mapping[str, Sequence[Fact]]] | None]]
Say = Callable[[Refused, Shop, str], str]

_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Dialogs:
    """What the dialogs need from outside.

    `history`: facts of a job by (shop id, job id), oldest first. `find`: jobs of any age by
    (shop id, query). `car`: the facts of every order of a car by (shop id, any of its orders).
    `say`: a refusal's sentence in a language.
    """

    renderer: Renderer
    history: History
    find: Find
    car: CarOf
    say: Say

    def routes(self) -> list[Route]:
        """The two addresses."""
        return [
            Route("/board/dialog/{name}", self.dialog, methods=["GET"]),
            Route("/board/check", self.check, methods=["GET"]),
        ]

    async def dialog(self, request: Request) -> Response:
        """One dialog as html; 404 for a name or a job that is not there."""
        builder = BUILDERS.get(request.path_params["name"])
        signed = _signed(request)
        if signed is None:
            return HTMLResponse("", 401)
        if builder is None:
            return HTMLResponse("", 404)
        ask = _ask(request, signed)
        sheet = await self._completed(ask, builder(ask))
        return self._answer(request, ask, sheet)

    async def check(self, request: Request) -> Response:
        """What is said of a typed plate or VIN."""
        signed = _signed(request)
        if signed is None:
            return HTMLResponse("", 401)
        ask = _ask(request, signed)
        return self._answer(request, ask, await self._with_earlier(ask, check_sheet(ask)))

    async def _with_earlier(self, ask: Ask, sheet: Sheet) -> Sheet:
        """The sheet with what is known of a car that was here before."""
        name = name_to_look_up(sheet)
        found = await self.find(ask.shop.id, name) if name else ()
        job_id = last_order_called(name, found)
        file = await self.car(ask.shop.id, job_id) if job_id else None
        return with_earlier(ask, sheet, file[1] if file else {})

    async def _completed(self, ask: Ask, sheet: Sheet) -> Sheet:
        """The sheet with what has to be read from outside live state."""
        if sheet.template == "board/job.html":
            facts = await self.history(ask.shop.id, ask.given.get("job", ""))
            return replace(sheet, context={**sheet.context, "history": told_history(ask, facts)})
        if sheet.template == "board/search.html":
            found = await self.find(ask.shop.id, ask.given.get("q", ""))
            return replace(sheet, context={**sheet.context, "old": old_hits(ask, found)})
        return sheet

    def _answer(self, request: Request, ask: Ask, sheet: Sheet) -> Response:
        language = request.state.language
        html = self.renderer.fragment(
            sheet.template,
            language,
            say=lambda refused: self.say(refused, ask.shop, language),
            **sheet.context,
        )
        return HTMLResponse(html, 404 if sheet is GONE else 200, {"Cache-Control": "no-store"})


BUILDERS: dict[str, Builder] = {
    "answer": answer_sheet,
    "bay": bay_sheet,
    "book": book_sheet,
    "booking": booking_sheet,
    "cancel": cancel_sheet,
    "catalogue": hits_sheet,
    "change_item": change_item_sheet,
    "change_line": change_line_sheet,
    "correct_clock": correct_sheet,
    "describe": describe_sheet,
    "dispatch": dispatch_sheet,
    "drop": drop_sheet,
    "fail": fail_sheet,
    "flags": flags_sheet,
    "hold": hold_sheet,
    "indirect": indirect_sheet,
    "job": job_sheet,
    "keys": lambda ask: Sheet("board/keys.html"),
    "menu": menu_sheet,
    "part_issue": part_issue_sheet,
    "part_order": part_order_sheet,
    "part_request": part_request_sheet,
    "part_wrong": part_wrong_sheet,
    "place": place_sheet,
    "point": point_sheet,
    "promise": promise_sheet,
    "rebook": rebook_sheet,
    "receive": receive_sheet,
    "resume": resume_sheet,
    "search": search_sheet,
    "unsigned": unsigned_sheet,
    "why": why_sheet,
    "withdraw_item": withdraw_item_sheet,
    "withdraw_line": withdraw_line_sheet,
}


def _signed(request: Request) -> Signed | None:
    """Who is signed in here as a person; screens and keys open no dialogs."""
    signed = request.state.signed
    return signed if isinstance(signed, Signed) and signed.person_id else None


def _ask(request: Request, signed: Signed) -> Ask:
    desk = request.state.desk
    given = {key: value[:_LONGEST_VALUE] for key, value in request.query_params.items()}
    return Ask(desk.shop, signed.actor, desk.now(), given)
