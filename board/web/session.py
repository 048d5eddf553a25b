"""Who is asking: the value that says it, and how it is found by cookies or a program's key.

Pages, doors and live sockets ask here alike. Knows nothing of what is asked.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from starlette.requests import HTTPConnection

from board.accounts_sessions import Session
from board.accounts_tokens import ApiToken
from board.core.roles import Actor, Role
from board.desk import Desk
from board.screen_look import ScreenLook
from board.web.cookies import SCREENS, SESSION, VIEWS, WALLS, cookie_of
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.limits import address
from board.web.patience import not_for_ever
from board.web.speaking import desk_of_host, spoken

Known = TypeVar("Known")
Found = TypeVar("Found", covariant=True)


class Look(Protocol[Found]):
    """Finds what a secret stands for; a doubted one more slowly."""

    def __call__(self, secret: str, /, *, doubted: bool) -> Awaitable[Found | None]: ...


@dataclass(frozen=True, slots=True)
class ScreenTicket:
    """A paired screen's leave to look: at what, and how it is set to look; `session` ends."""

    screen_id: str
    audience: str
    look: ScreenLook
    session: str


@dataclass(frozen=True, slots=True)
class Signed:
    """Who asks. A screen without a person has no roles; a key has no `session` and no `csrf`.

    `session` is the hash that revocation names; `screen` is there if this browser is paired.
    """

    person_id: str
    actor: Actor
    csrf: str
    language: str
    session: str
    screen: ScreenTicket | None = None


class Visitors:
    """Finds who asks."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    async def who(self, connection: HTTPConnection) -> tuple[Signed | None, Desk | None]:
        """Who asks, without the token of forms, and the desk of their shop.

        Nobody is nobody however often: whether that is refused, `not_guessing` says afterwards.
        Raises JournalUnavailable.
        """
        connection.state.wait_seconds = 0
        connection.state.settles = {}
        bearer = bearer_of(connection)
        async with not_for_ever():
            if bearer is not None:
                return await self._by_token(bearer, connection)
            return await self._by_cookies(connection)

    async def device(self, connection: HTTPConnection, secret: str) -> ApiToken | None:
        """The key of a device, for the one door that asks for it. Raises JournalUnavailable."""
        connection.state.wait_seconds = 0
        async with not_for_ever():
            found = await self._proved(connection, secret, self._doors.access.api_token)
        return found if found is not None and Role.device in found.roles else None

    async def _by_token(
        self, bearer: str, connection: HTTPConnection
    ) -> tuple[Signed | None, Desk | None]:
        token = await self._proved(connection, bearer, self._doors.access.api_token)
        # The key of a device hangs on a wall outside: it opens its own door and no other.
        if token is None or Role.device in token.roles:
            return None, None
        actor = Actor("token", token.id, token.name, token.roles, "api")
        desk = self._doors.desk_of(token.shop_id)
        return Signed("", actor, "", self._language(connection, desk), ""), desk

    async def _by_cookies(self, connection: HTTPConnection) -> tuple[Signed | None, Desk | None]:
        person = await self._session(connection, SESSION)
        screen = await self._screen(connection)
        ticket = _ticket(screen) if screen else None
        desk = self._doors.desk_of(person.shop_id) if person else None
        is_wall = ticket is not None and ticket.audience == _wall_of(connection)
        # A wall stays what it was paired for, whoever signs in or out beside it.
        if not is_wall and person and desk and (signed := self._person(person, desk, connection)):
            same_shop = screen is not None and screen.shop_id == person.shop_id
            return replace(signed, screen=ticket) if same_shop else signed, desk
        if screen and ticket:
            actor = Actor("screen", ticket.screen_id, screen.screen_name, frozenset(), "screen")
            desk = self._doors.desk_of(screen.shop_id)
            language = ticket.look.language or self._language(connection, desk)
            return Signed("", actor, "", language, ticket.session, ticket), desk
        return None, None

    async def _screen(self, connection: HTTPConnection) -> Session | None:
        """A wall's page and socket know only its own pairing; elsewhere any one does.

        A screen that was moved to another wall has the cookie of the first one: it is known at
        both, so that its old page can send it on. `settles` gives it that of the new wall, too:
        moved on from there, it is still known to that page, and never shown a code.
        """
        place = _wall_of(connection)
        own = SCREENS.get(place)
        cookies = sorted(SCREENS.values(), key=lambda cookie: cookie != own)
        for cookie in cookies:
            screen = await self._session(connection, cookie)
            if screen is None or screen.holder_kind != "screen":
                continue
            if cookie == own or own is None:
                return screen
            if screen.audience == place:
                connection.state.settles = {own: cookie_of(connection, cookie)}
                return screen
        return None

    async def _session(self, connection: HTTPConnection, cookie: str) -> Session | None:
        token = cookie_of(connection, cookie)
        look = self._doors.access.session
        return await self._proved(connection, token, look) if token else None

    async def _proved(
        self,
        connection: HTTPConnection,
        secret: str,
        look: Look[Known],
    ) -> Known | None:
        """What a secret stands for; one that is nobody's counts against its address.

        A whole shop stands behind one address, so tries refuse no neighbour: where there were too
        many, a secret not met before is only looked up more slowly.
        """
        strangers = self._doors.limits.stranger
        where, at = address(connection.scope), self._doors.clock().timestamp()
        is_doubted = bool(strangers.wait(where, at)) and not self._doors.access.has_met(secret)
        found = await look(secret, doubted=is_doubted)
        if found is None:
            connection.state.wait_seconds = strangers.take(where, at)
        return found

    def _person(self, session: Session, desk: Desk, connection: HTTPConnection) -> Signed | None:
        person = desk.shop.people.get(session.person_id)
        if person is None or person.removed or session.holder_kind != "person":
            return None
        actor = Actor("person", person.id, person.name, person.roles, session.via)
        language = session.language or person.language or self._language(connection, desk)
        return Signed(person.id, actor, "", language, session.hash)

    def _language(self, connection: HTTPConnection, desk: Desk | None) -> str:
        return spoken(self._doors, connection, desk or desk_of_host(self._doors, connection))


def not_guessing(connection: HTTPConnection) -> None:
    """Stopped (429) for nobody who showed a secret, where too many were nobody's lately."""
    wait = connection.state.wait_seconds
    if wait:
        raise Stopped(429, "too_many", {"seconds": wait}, retry_after_seconds=wait)


def bearer_of(connection: HTTPConnection) -> str | None:
    """The key that a program shows instead of a cookie."""
    scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def _wall_of(connection: HTTPConnection) -> str:
    """The audience of the wall whose page, socket or sound is asked for, '' elsewhere."""
    path = connection.scope["path"].strip("/")
    first, _, rest = path.partition("/")
    is_of = first in ("live", "speech")
    watched = rest.partition("/")[0] if is_of else WALLS.get(path, "")
    return VIEWS.get(watched, watched)


def _ticket(session: Session) -> ScreenTicket:
    return ScreenTicket(session.screen_id, session.audience, session.look, session.hash)
