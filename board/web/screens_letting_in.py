"""Lets a screen in that has proved itself: opens its session, gives the cookie, says where to go.

What both ways of pairing share. A screen's account is read-only: it has no role, so the desk
refuses whatever it asks.
"""

import asyncio
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import Response

from board.accounts_screen_codes import Screen
from board.core.roles import Actor, Role
from board.desk import Desk
from board.web.access import note
from board.web.cookies import SCREENS, WAITING, WALLS, cookie_of, drop_cookie, set_cookie
from board.web.doors import Doors
from board.web.limits import address
from board.web.pages import went

_KEPT = ("theme", "group")


async def let_screen_in(
    doors: Doors, request: Request, desk: Desk, screen: Screen, look: dict[str, str]
) -> Response:
    """Open the session of a screen and send it to its wall; `look` is what its address asked."""
    token = await asyncio.to_thread(
        doors.accounts.sessions.open_screen,
        screen.shop_id,
        screen.id,
        screen.audience,
        screen.look.language,
    )
    actor = _actor(screen, address(request.scope))
    await note(desk, actor, "screen_paired", screen.id)
    answer = went(request, wall_address(screen.audience, look))
    set_cookie(answer, request, SCREENS[screen.audience], token)
    for waiting in WAITING.values():
        if cookie_of(request, waiting):
            drop_cookie(answer, request, waiting)
    return answer


def wall_of(back: str) -> tuple[str, dict[str, str]]:
    """The wall whose page the form was on, '' for any other address, and the look it asked for."""
    path, _, query = back.partition("?")
    wall = WALLS.get(path.removeprefix("/"), "")
    asked = parse_qs(query)
    look = {key: asked[key][0] for key in _KEPT if key in asked}
    return (wall, look) if wall else ("", {})


def wall_address(wall: str, asked: dict[str, str]) -> str:
    """Where the page of a wall is."""
    page = next(page for page, audience in WALLS.items() if audience == wall)
    return f"/{page}?{urlencode(asked)}" if asked else f"/{page}"


def _actor(screen: Screen, where: str) -> Actor:
    return Actor("screen", screen.id, screen.name, frozenset({Role.device}), f"claim {where}")
