"""What a door makes sure of before it acts: who asks, from which page, how often.

Each check returns what the door goes on with, or stops the request.
"""

import asyncio
from collections.abc import Collection, Mapping
from math import ceil

from starlette.requests import HTTPConnection, Request

from board.accounts_tries import TryLimit
from board.core.roles import Role
from board.desk import Desk
from board.web.body import Fields, read_form
from board.web.csrf import same
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.limits import RateLimit, address
from board.web.session import Signed, not_guessing


def signed_of(request: HTTPConnection) -> Signed:
    """Return who asks: a person or a key; Stopped (401, 429) for a screen or nobody."""
    signed: Signed | None = request.state.signed
    if signed is None or signed.actor.kind == "screen":
        not_guessing(request)
        raise Stopped(401, "not_signed_in")
    return signed


def desk_of(request: HTTPConnection) -> Desk:
    """Return the desk of the shop in question; Stopped (404) if there is none."""
    desk: Desk | None = request.state.desk
    if desk is None:
        raise Stopped(404, "unknown_shop")
    return desk


def manager_of(request: HTTPConnection) -> Signed:
    """Return who asks if it is a manager; Stopped (401, 403) otherwise."""
    signed = signed_of(request)
    if not signed.actor.has(Role.manager):
        raise Stopped(403, "not_allowed")
    return signed


def keeper_of(request: HTTPConnection) -> Signed:
    """Return who asks if they look after the screens; Stopped (401, 403) otherwise."""
    signed = signed_of(request)
    if not signed.actor.has(Role.manager, Role.controller):
        raise Stopped(403, "not_allowed")
    return signed


def own_form(request: Request, fields: Fields | None = None) -> None:
    """Make sure that the form came from one of our pages; a bearer needs no such proof.

    The token is in the header X-CSRF-Token or the field `csrf`. Stopped (403) otherwise.
    """
    if request.state.bearer:
        return
    signed: Signed | None = request.state.signed
    if signed is None or not same(_given(request, fields), signed.csrf):
        raise Stopped(403, "csrf_wrong")


async def form_of(request: Request, doors: Doors, signed: Signed) -> tuple[Signed, Desk, Fields]:
    """Return who asks, at which desk, and the fields: of a form of ours, sent not too often."""
    not_too_often(doors, doors.limits.person, signed.session or signed.actor.id)
    fields = await read_form(request)
    own_form(request, fields)
    return signed, desk_of(request), fields


def own_first_form(request: Request, fields: Fields) -> None:
    """The same for forms that need no session: the cookie and the field must belong together."""
    given = _given(request, fields)
    signed: Signed | None = request.state.signed
    is_own = request.state.form_known and same(given, request.state.form_csrf)
    if not is_own and not (signed and same(given, signed.csrf)):
        raise Stopped(403, "csrf_wrong")


def _given(request: Request, fields: Fields | None) -> str:
    header = request.headers.get("x-csrf-token", "")
    return header or one(fields or {}, "csrf")


def one(fields: Fields, name: str) -> str:
    """Return the one value of a field, '' if it is empty; Stopped (422) if there are several."""
    values = fields.get(name, ("",))
    if len(values) > 1:
        raise Stopped(422, "not_a_form", fields=(name,))
    return values[0]


def not_too_often(doors: Doors, limit: RateLimit, key: str) -> None:
    """Count one more request under `key`; Stopped (429) with the time to wait."""
    wait = limit.take(key, doors.clock().timestamp())
    if wait:
        raise Stopped(429, "too_many", {"seconds": wait}, retry_after_seconds=wait)


async def few_tries(doors: Doors, shop_id: str, limits: Mapping[str, TryLimit]) -> None:
    """Count one more try under every key, over all processes; Stopped (429) with the time to wait.

    To be called before a secret is looked at: tries side by side count like tries in turn.
    """
    wait = await asyncio.to_thread(doors.accounts.tries.take, shop_id, limits)
    if wait:
        raise too_many_codes(wait)


def too_many_codes(wait_seconds: int) -> Stopped:
    """What somebody is told who typed too many wrong codes: the minutes still to wait."""
    minutes = {"minutes": max(1, ceil((wait_seconds - 1) / 60))}
    return Stopped(429, "too_many_codes", minutes, retry_after_seconds=wait_seconds)


async def forget_tries(doors: Doors, shop_id: str, limits: Collection[str]) -> None:
    """Count anew for keys that were right."""
    await asyncio.to_thread(doors.accounts.tries.forget, shop_id, tuple(limits))


def patient(doors: Doors, request: HTTPConnection) -> None:
    """Count one more request of this person, key or address; Stopped (429)."""
    signed: Signed | None = request.state.signed
    if signed is None:
        not_too_often(doors, doors.limits.nobody, address(request.scope))
    elif signed.session:
        not_too_often(doors, doors.limits.person, signed.session)
    else:
        not_too_often(doors, doors.limits.token, signed.actor.id)
