"""Lets a person in who has proved who they are: opens the session, says where to go first."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from board.core.roles import Actor, Role
from board.core.shop import Person
from board.desk import Desk
from board.web.access import note
from board.web.cookies import SESSION, set_cookie
from board.web.doors import Doors
from board.web.limits import address
from board.web.pages import went

_TABLET_ROLES = frozenset({Role.technician, Role.team_leader, Role.inspector, Role.washer})
_DESK_ROLES = frozenset(Role) - _TABLET_ROLES


def home_of(person: Person) -> str:
    """Return the page on which a person starts: the tablet for those who only work at cars."""
    return "/board" if person.roles & _DESK_ROLES else "/tablet"


def actor_of(person: Person, via: str) -> Actor:
    """Return a person as an actor, before there is a session."""
    return Actor("person", person.id, person.name, person.roles, via)


async def let_in(
    doors: Doors, request: Request, desk: Desk, person: Person, via: str, back: str = ""
) -> Response:
    """Open a session and send the person `back` or to their first page, with the cookie.

    A manager of a shop without bays goes to the set-up: there is nothing on a board yet.
    """
    language = person.language or request.state.language
    await _end_old(doors, request, desk)
    token = await asyncio.to_thread(
        doors.accounts.sessions.open_person, desk.shop.id, person.id, via, language
    )
    await note(desk, actor_of(person, f"{via} {address(request.scope)}"), "signed_in", person.id)
    is_empty = not desk.shop.bays and Role.manager in person.roles
    answer = went(request, back or ("/admin/set-up" if is_empty else home_of(person)))
    set_cookie(answer, request, SESSION, token)
    return answer


async def _end_old(doors: Doors, request: Request, desk: Desk) -> None:
    # One browser, one person: whoever was signed in here before is no longer.
    signed = request.state.signed
    if signed is not None and signed.person_id:
        await doors.access.end_session(desk.shop.id, signed.session)
