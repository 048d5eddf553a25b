"""`POST /api/v1/commands/{name}`: commands from programs and scripts, in JSON both ways."""

from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.codec import Malformed
from board.core.refusals import Refused
from board.web.body import read_json
from board.web.checks import own_form, signed_of
from board.web.commands import Asked, ask, before_asking, status_of
from board.web.doors import Doors
from board.web.errors import error_body
from board.web.job_json import job_json
from board.web.malformed_text import malformed_text
from board.web.refusal_text import refusal_text


@dataclass(frozen=True)
class CommandApi:
    """The door of programs."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/api/v1/commands/{name}", self.command, methods=["POST"])]

    async def command(self, request: Request) -> Response:
        """`{"seq"}` (and `"job"` when one was opened), or an error body."""
        before_asking(self.doors, request)
        own_form(request)
        body = await read_json(request)
        name = request.path_params["name"]
        key = request.headers.get("idempotency-key", "")
        try:
            asked = await ask(self.doors, request, name, body, key, strict=True)
        except Malformed as wrong:
            told = malformed_text(wrong, request.state.speak)
            return JSONResponse(error_body(wrong.code, next(iter(told.values())), told), 422)
        return _answer(request, asked)


def _answer(request: Request, asked: Asked) -> Response:
    answer, desk = asked.answer, request.state.desk
    if isinstance(answer, Refused):
        sentence = refusal_text(answer, desk.shop, request.state.speak)
        body = error_body(answer.code, sentence, dict.fromkeys(answer.fields, sentence))
        status = status_of(answer)
        job = desk.shop.jobs.get(answer.job or asked.job)
        if status == 409 and job is not None:
            body["current"] = job_json(job, desk.shop, desk.now(), signed_of(request).actor)
        return JSONResponse(body, status)
    done: dict[str, object] = {"seq": answer.seq}
    if asked.job:
        done["job"] = asked.job
    return Response(msgspec.json.encode(done), media_type="application/json")
