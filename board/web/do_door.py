"""`POST /do/{name}`: commands from the forms of our own pages, answered in pieces of pages."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.codec import Malformed
from board.core.days import local
from board.core.refusals import Refused
from board.web.body import read_form
from board.web.checks import one, own_form
from board.web.commands import Asked, ask, before_asking, command_class, status_of
from board.web.doors import Doors
from board.web.errors import refusal
from board.web.forms import command_body
from board.web.malformed_text import malformed_text
from board.web.refusal_text import refusal_text
from board.web.taps import as_tapped, changed_by, tapped_at


@dataclass(frozen=True)
class DoDoor:
    """The door of our own pages."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/do/{name}", self.do, methods=["POST"])]

    async def do(self, request: Request) -> Response:
        """204 with `X-Board-Seq`, or the refusal as a piece of html with 403, 404, 409 or 422.

        `made_at`: when it was tapped, of a deed that had to wait for a connection; header
        `X-Tapped-Ago`: how many seconds ago that was when it was sent.
        """
        signed, desk = before_asking(self.doors, request)
        fields = await read_form(request)
        own_form(request, fields)
        made = one(fields, "made_at")
        tapped = tapped_at(made, request.headers.get("x-tapped-ago", ""), desk.now())
        request.state.signed = replace(signed, actor=as_tapped(signed.actor, tapped))
        name = request.path_params["name"]
        body = command_body(fields, command_class(name), local(desk.now(), desk.shop.settings))
        if tapped is not None and hasattr(command_class(name), "tapped_at"):
            body["tapped_at"] = tapped.isoformat()
        key = request.headers.get("idempotency-key", "") or one(fields, "command_id")
        try:
            asked = await ask(self.doors, request, name, body, key, strict=False)
        except Malformed as wrong:
            told = malformed_text(wrong, request.state.speak)
            sentence = next(iter(told.values()))
            return refusal(request.scope, 422, wrong.code, sentence, tuple(told))
        return _answer(request, asked, was_kept=bool(made))


def _answer(request: Request, asked: Asked, *, was_kept: bool) -> Response:
    if isinstance(asked.answer, Refused):
        refused = asked.answer
        shop, speak = request.state.desk.shop, request.state.speak
        sentence = refusal_text(refused, shop, speak)
        job = refused.job or asked.job
        by = changed_by(shop, shop.jobs.get(job), request.state.signed.actor) if was_kept else {}
        status = status_of(refused)
        return refusal(request.scope, status, refused.code, sentence, refused.fields, job, by=by)
    headers = {"x-board-seq": str(asked.answer.seq)}
    if asked.job.isascii():
        headers["x-board-job"] = asked.job
    return Response(status_code=204, headers=headers)
