"""How a request is turned away: one body for programs, one sentence for people, no traceback.

Sentences are message ids. What a person can mend is `Stopped`; all else is a defect.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from board.journal import JournalUnavailable

log = logging.getLogger("baylight.web")

SENTENCES: dict[str, str] = {
    "not_signed_in": "Please sign in.",
    "not_allowed": "Your role does not allow this.",
    "csrf_wrong": "This page is too old. Please load it again.",
    "origin_wrong": "This request came from another site and was refused.",
    "too_large": "This is too large.",
    "too_slow": "This took too long to arrive. Please try again.",
    "too_many": "That was too often. Please wait {seconds} seconds.",
    "not_found": "This page does not exist.",
    "unknown_command": "There is no command {name}.",
    "unknown_job": "There is no open job with this number.",
    "unknown_shop": "There is no shop at this address.",
    "unknown_person": "There is nobody of this name here.",
    "unknown_screen": "There is no such screen.",
    "unknown_session": "There is no such session.",
    "wrong_method": "This address does not take such requests.",
    "malformed": "Something in this request is not right.",
    "not_json": "The body must be a JSON object in UTF-8.",
    "not_a_form": "The form could not be read.",
    "no_text": "What was typed holds a sign that is no text. Please type it anew.",
    "key_wrong": "The Idempotency-Key must be 1 to 80 plain characters.",
    "key_used": "This form or key was already used for something else.",
    "limit_wrong": "“after” and “limit” must be whole numbers.",
    "day_wrong": "“day” must be a date such as 2026-11-21.",
    "badge_wrong": "This badge is not known here.",
    "wrong_pin": "Wrong PIN. {left} tries left.",
    "wrong_password": "Wrong name or password.",
    "locked": "Too many wrong tries. Please wait {minutes} minutes.",
    "pin_unsound": "A PIN has 4 digits.",
    "password_unsound": "A password has at least 8 characters.",
    "passwords_differ": "The two entries are not the same.",
    "link_over": "This link was already used or is too old. Ask for a new one.",
    "photo_closed": "This order is closed: it takes no more photos.",
    "phone_link_over": "This link does not work any more. Please ask your service advisor.",
    "phone_code_wrong": "This is not the code. Please ask your service advisor for it.",
    "phone_too_late": "This can no longer be answered here. Please call your service advisor.",
    "phone_code_first": "Please type the code from the shop first.",
    "too_many_codes": "Too many wrong codes. Please wait {minutes} minutes.",
    "for_staff_unsaid": "Customers read this screen, and now it would show whole plates. "
    "Tick that only staff see it.",
    "code_wrong": "This code is wrong, used or too old.",
    "audience_wrong": "There is no such kind of screen.",
    "language_wrong": "This language is not available.",
    "view_wrong": "This screen has no such view.",
    "bay_wrong": "There is no such bay.",
    "diagonal_wrong": "The diagonal is a number of inches from 10 to 150.",
    "distance_wrong": "The distance is a number of metres from 0.5 to 50.",
    "hours_wrong": "Hours need both times, and two different ones.",
    "zone_wrong": "There is no such time zone.",
    "file_wrong": "The shop file has mistakes.",
    "files_waiting": "Other files are being read just now. Please try again.",
    "photo_kind": "This is no photo: choose a JPEG, PNG or WebP picture.",
    "photo_broken": "This photo is damaged and cannot be read.",
    "photo_pixels": "This photo is too large: 40 million pixels at most.",
    "photo_disk": "There is no room for photos on the server. Everything else goes on.",
    "photo_many": "This order has as many photos as it can.",
    "unknown_photo": "There is no such photo.",
    "journal_unavailable": "The board cannot be written now. Please try again.",
    "defect": "Something went wrong on our side. It was written down.",
}


# Not frozen: Python writes the traceback into what it raises.
@dataclass(eq=False)
class Stopped(Exception):
    """A request that goes no further: status, code of a sentence above, and its parameters."""

    status: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    retry_after_seconds: int = 0


def wants_json(scope: Scope) -> bool:
    """Whether a program asks: the API, a JSON body, or an Accept without html."""
    headers = Headers(scope=scope)
    if scope["path"].startswith("/api/"):
        return True
    accept = headers.get("accept", "")
    is_json = headers.get("content-type", "").startswith("application/json")
    return is_json or ("application/json" in accept and "text/html" not in accept)


def wants_page(scope: Scope) -> bool:
    """Whether a browser goes to an address: what it gets fills the window."""
    headers = Headers(scope=scope)
    is_piece = "hx-request" in headers or headers.get("sec-fetch-mode", "navigate") != "navigate"
    is_looking = scope.get("method") in ("GET", "HEAD")
    return is_looking and not is_piece and "text/html" in headers.get("accept", "")


def sentence_of(code: str, params: Mapping[str, object], scope: Scope) -> str:
    """Return the sentence of a code in the language of who asks."""
    english = SENTENCES[code]
    speak = scope.get("state", {}).get("speak")
    return str(speak(english) if speak else english).format(**params)


def error_body(
    code: str, message: str, fields: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return the body that every error of the API has."""
    body: dict[str, object] = {"code": code, "message": message}
    if fields:
        body["fields"] = dict(fields)
    return body


def answer_stopped(stopped: Stopped, scope: Scope) -> Response:
    """Return the answer to a request that was stopped."""
    message = sentence_of(stopped.code, stopped.params, scope)
    headers = {}
    if stopped.retry_after_seconds:
        headers["retry-after"] = str(stopped.retry_after_seconds)
    if stopped.status == 408:
        # The rest of the body would be taken for the next request.
        headers["connection"] = "close"
    if wants_json(scope):
        named = dict.fromkeys(stopped.fields, message)
        body = error_body(stopped.code, message, named)
        return JSONResponse(body, stopped.status, headers)
    return refusal(scope, stopped.status, stopped.code, message, stopped.fields, headers=headers)


def refusal(
    scope: Scope,
    status: int,
    code: str,
    message: str,
    fields: tuple[str, ...] = (),
    job: str = "",
    headers: Mapping[str, str] | None = None,
    by: Mapping[str, str] | None = None,
) -> Response:
    """Return what says why something was refused: a small piece of a page, or a whole one.

    `by`: who changed the job last, and when, where the visitor should know.
    """
    state = scope.get("state", {})
    render = state.get("render")
    if render is None:
        return PlainTextResponse(message, status, headers)
    template = "sign_in/stopped.html" if wants_page(scope) else "refusal.html"
    told = {"code": code, "sentence": message, "fields": fields, "job": job, "by": by}
    html = render(template, state["language"], **told)
    return HTMLResponse(html, status, headers)


async def on_stopped(request: Request, error: Exception) -> Response:
    """Starlette's handler for `Stopped`."""
    assert isinstance(error, Stopped)
    return answer_stopped(error, request.scope)


async def on_http(request: Request, error: Exception) -> Response:
    """Starlette's handler for its own refusals, such as an unknown path."""
    assert isinstance(error, HTTPException)
    code = {404: "not_found", 405: "wrong_method"}.get(error.status_code, "malformed")
    answer = answer_stopped(Stopped(error.status_code, code), request.scope)
    answer.headers.update(error.headers or {})
    return answer


async def on_gone(_request: Request, _error: Exception) -> Response:
    """Starlette's handler for a visitor who hung up in the middle of a body: nobody hears it."""
    return Response(status_code=400)


async def on_unavailable(request: Request, error: Exception) -> Response:
    """Starlette's handler for a journal that cannot be used now."""
    log.error("the journal cannot be used: %s", error)
    stopped = Stopped(503, "journal_unavailable", retry_after_seconds=2)
    return answer_stopped(stopped, request.scope)


async def on_defect(request: Request, _error: Exception) -> Response:
    """Starlette's handler for everything else; the server itself logs the traceback after it."""
    return answer_stopped(Stopped(500, "defect"), request.scope)


HANDLERS = {
    Stopped: on_stopped,
    HTTPException: on_http,
    ClientDisconnect: on_gone,
    JournalUnavailable: on_unavailable,
    Exception: on_defect,
}
