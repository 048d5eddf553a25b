"""`POST /admin/catalogue`: a file of the catalogue of work, looked at first, then taken in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from board.catalogue_cells import MOST_BYTES as MOST_FILE_BYTES
from board.catalogue_file import CatalogueFile, read_catalogue
from board.core.commands import ImportCatalogue
from board.core.refusals import Refused
from board.ids import new_id
from board.web.checks import desk_of, manager_of, own_form, patient
from board.web.commands import status_of
from board.web.doors import Doors
from board.web.errors import Stopped, refusal
from board.web.patience import ANSWER_SECONDS
from board.web.refusal_text import refusal_text

PATH = "/admin/catalogue"
MOST_BYTES = MOST_FILE_BYTES + 64 * 1024
"""The file and the form around it."""

_FIRST = 5


@dataclass(frozen=True, slots=True)
class _Sent:
    """The form: the file, whether it replaces the catalogue, what bad rows mean, and the deed."""

    content: bytes
    replaces: bool
    good_only: bool
    takes_in: bool


@dataclass(frozen=True)
class CatalogueDoor:
    """The door of catalogue files."""

    doors: Doors
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route(PATH, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Fields: `file`; `mode` merge or replace; `rows` all or good (which rows go in when some
        are bad: none, or the good ones); `deed` check or import.

        200 with what was found or taken in; 422 when bad rows keep the others out.
        """
        signed, desk = manager_of(request), desk_of(request)
        own_form(request)
        patient(self.doors, request)
        sent = await _sent(request)
        speak = request.state.speak
        found = await self._read(sent.content, speak)
        if not sent.takes_in:
            return self._told(request, found, "seen", 200)
        if not found.items or (found.mistakes and not sent.good_only):
            return self._told(request, found, "kept_out", 422)
        command = ImportCatalogue(items=found.items, replaces=sent.replaces)
        answer = await desk.handle(command, signed.actor, new_id(desk.now()))
        if isinstance(answer, Refused):
            sentence = refusal_text(answer, desk.shop, speak)
            return refusal(request.scope, status_of(answer), answer.code, sentence)
        return self._told(request, found, "taken", 200)

    async def _read(self, content: bytes, speak: Callable[[str], str]) -> CatalogueFile:
        """Read one file at a time, to its end: also when who sent it has gone, none is beside it.

        No limit of time here, since what is read is bounded.
        """
        try:
            await asyncio.wait_for(self._one.acquire(), ANSWER_SECONDS)
        except TimeoutError:
            raise Stopped(503, "files_waiting") from None
        reading = asyncio.ensure_future(asyncio.to_thread(read_catalogue, content, speak))
        reading.add_done_callback(lambda _: self._one.release())
        return await asyncio.shield(reading)

    def _told(self, request: Request, found: CatalogueFile, what: str, status: int) -> Response:
        speak = request.state.speak
        told = [(one.line, one.column, one.told(speak)) for one in found.mistakes]
        html = self.doors.render(
            "catalogue/answer.html",
            request.state.language,
            what=what,
            count=len(found.items),
            bad_rows=found.bad_rows,
            mistakes=told,
            first=found.items[:_FIRST],
        )
        return HTMLResponse(html, status, {"Cache-Control": "no-store"})


async def _sent(request: Request) -> _Sent:
    try:
        async with request.form(max_files=1, max_fields=10) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Stopped(422, "not_a_form", fields=("file",))
            return _Sent(
                await file.read(),
                form.get("mode") == "replace",
                form.get("rows") == "good",
                form.get("deed") == "import",
            )
    except (HTTPException, ValueError):
        raise Stopped(422, "not_a_form") from None
