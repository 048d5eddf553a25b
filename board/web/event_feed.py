"""`GET /api/v1/events?after=seq&limit=n`: what happened, for other systems, in order."""

import asyncio
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.codec import EVENTS
from board.core.personal import is_erased
from board.core.roles import Actor
from board.journal import Entry
from board.web.checks import desk_of, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.job_json import told

LIMIT = 100
MOST = 1000


@dataclass(frozen=True)
class EventFeed:
    """The door of the event feed."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/api/v1/events", self.events, methods=["GET"])]

    async def events(self, request: Request) -> Response:
        """Events after a number, at most `limit` (1 to 1000); ask again from `seq` for more."""
        signed, desk = signed_of(request), desk_of(request)
        if not signed.actor.roles:
            raise Stopped(403, "not_allowed")
        patient(self.doors, request)
        after = _number(request, "after", 0)
        limit = max(1, min(_number(request, "limit", LIMIT), MOST))
        # Taken before the entries: after a restore an old name makes the reader begin anew.
        epoch = desk.epoch
        entries = await asyncio.to_thread(desk.journal.read, desk.shop.id, after, limit)
        last = entries[-1].seq if entries else after
        return JSONResponse(
            {
                "epoch": epoch,
                "seq": last,
                "head": max(desk.shop.seq, last if entries else 0),
                "events": [entry_json(entry, signed.actor) for entry in entries],
            }
        )


def entry_json(entry: Entry, actor: Actor) -> dict[str, object]:
    """Return one event as programs read it, as far as `actor` is told it."""
    body = told(EVENTS.get(entry.kind), entry.body, actor)
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "via": entry.via,
        "command_id": entry.command_id,
        "job": entry.job_id,
        "kind": entry.kind,
        "version": entry.version,
        "body": _worded(body),
    }


def _worded(value: object) -> object:
    """A body as it is told outside: what was erased says so in a word."""
    if isinstance(value, dict):
        return {key: _worded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_worded(inner) for inner in value]
    return "erased" if isinstance(value, str) and is_erased(value) else value


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not re.fullmatch(r"\d{1,15}", text, re.ASCII):
        raise Stopped(422, "limit_wrong", fields=(name,))
    return int(text)
