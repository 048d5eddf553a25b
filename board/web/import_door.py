"""`POST /admin/import`: a shop file from the manager's browser becomes the shop's set-up."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.accounts_credentials import CredentialKind
from board.core.refusals import Refused
from board.desk import Desk
from board.ids import new_id
from board.shop_file import ShopFile, read_shop_file
from board.shop_file_values import Mistake
from board.web.access import note, to_sign_out
from board.web.body import read_form
from board.web.checks import desk_of, manager_of, one, own_form, patient
from board.web.commands import status_of
from board.web.doors import Doors
from board.web.errors import error_body, sentence_of, wants_json
from board.web.pages import went
from board.web.refusal_text import refusal_text
from board.web.session import Signed
from board.web.set_up import set_up_page


@dataclass(frozen=True)
class ImportDoor:
    """The door of shop files."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/admin/import", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Field file (text or upload): taken whole, or refused with a line and reason each."""
        signed, desk = manager_of(request), desk_of(request)
        patient(self.doors, request)
        fields = await read_form(request)
        own_form(request, fields)
        text = one(fields, "file").replace("\r\n", "\n")
        found = await asyncio.to_thread(read_shop_file, text)
        if isinstance(found, tuple):
            return await self._wrong(request, found, text)
        before = desk.shop.people
        answer = await desk.handle(found.command, signed.actor, new_id(desk.now()))
        if isinstance(answer, Refused):
            return await self._refused(request, answer, text)
        for person in to_sign_out(before, desk.shop.people):
            await self.doors.access.end_person(desk.shop.id, person)
        await self._keep_pins(desk, signed, found)
        if wants_json(request.scope):
            return JSONResponse({"seq": answer.seq})
        return went(request, "/admin/set-up")

    async def _keep_pins(self, desk: Desk, signed: Signed, found: ShopFile) -> None:
        for person, pin in found.pins.items():
            keep = self.doors.accounts.credentials.set
            await asyncio.to_thread(keep, desk.shop.id, person, CredentialKind.pin, pin)
            await self.doors.access.end_person(desk.shop.id, person)
            await note(desk, signed.actor, "pin_set", person)

    async def _wrong(self, request: Request, mistakes: tuple[Mistake, ...], text: str) -> Response:
        error = sentence_of("file_wrong", {}, request.scope)
        speak = request.state.speak
        rows = tuple((mistake.line, mistake.told(speak)) for mistake in mistakes)
        if wants_json(request.scope):
            body = error_body("file_wrong", error)
            body["mistakes"] = [{"line": line, "reason": reason} for line, reason in rows]
            return JSONResponse(body, 422)
        return await self._again(request, 422, error, text, rows)

    async def _refused(self, request: Request, refused: Refused, text: str) -> Response:
        error = refusal_text(refused, request.state.desk.shop, request.state.speak)
        status = status_of(refused)
        if wants_json(request.scope):
            return JSONResponse(error_body(refused.code, error), status)
        return await self._again(request, status, error, text)

    async def _again(
        self,
        request: Request,
        status: int,
        error: str,
        text: str,
        mistakes: tuple[tuple[int, str], ...] = (),
    ) -> Response:
        shown = await set_up_page(self.doors, request, mistakes=mistakes, error=error, text=text)
        shown.status_code = status
        return shown
