"""Screens that wait to be paired: each shows a code of its own, which a manager approves.

The code is no secret; the device's token is, and only it can collect what was approved. Knows
nothing of cookies.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, func, insert, or_, select, update

from board.accounts_screen_codes import (
    AUDIENCES,
    CODE_LETTERS,
    CODE_SECONDS,
    LETTERS,
    Screen,
    add_screen,
    code_hash,
    plain,
)
from board.accounts_sessions import new_token, token_hash
from board.database import reading, writing
from board.ids import new_id
from board.screen_look import ScreenLook, read_look
from board.tables_of_access import screen_requests, screens

MOST_WAITING = 2000
"""More than a house has screens; whoever opens pages without end makes no more than this."""


AGAIN_SECONDS = 60
"""So long a device may collect once more: the first answer may be lost on its way."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a device waits for: its code, until when, and whether somebody approved it."""

    audience: str
    code: str
    expires_at: datetime
    approved: bool


class ScreenRequests:
    """The requests of every shop. Every call waits for the disk: use a thread."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], pepper: bytes) -> None:
        self._engine = engine
        self._clock = clock
        self._pepper = pepper

    def ask(self, audience: str, shop_id: str = "") -> str | None:
        """Return the token of a device that waits from now on; None where too many wait already.

        `shop_id`: the shop whose address it opened, '' where the address names none; then any
        shop may approve it. ValueError for an audience there is not.
        """
        if audience not in AUDIENCES:
            raise ValueError(f"there is no audience {audience}")
        token, now = new_token(), self._clock()
        row = {
            "device_hash": token_hash(token),
            "code_hash": code_hash(self._pepper, self._code(token)),
            "audience": audience,
            "created_at": now,
            "expires_at": now + timedelta(seconds=CODE_SECONDS),
            "shop_id": shop_id or None,
        }
        with writing(self._engine) as connection:
            over = screen_requests.c.expires_at <= now
            connection.execute(delete(screen_requests).where(over))
            waiting = connection.scalar(select(func.count()).select_from(screen_requests)) or 0
            if waiting >= MOST_WAITING:
                return None
            connection.execute(insert(screen_requests).values(row))
        return token

    def waiting(self, token: str) -> Waiting | None:
        """What the device of this token waits for; None once it is over, collected or revoked."""
        query = (
            select(screen_requests)
            .join_from(screen_requests, screens, _ITS_SCREEN, isouter=True)
            .where(*self._of(token), screens.c.revoked_at.is_(None))
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Waiting(
            row.audience, self._code(token), row.expires_at, approved=row.screen_id is not None
        )

    def audience_of(self, typed: str, shop_id: str) -> str | None:
        """What the screen that shows this code was opened for; None for no such code here."""
        query = select(screen_requests.c.audience).where(*self._open(typed, shop_id))
        with reading(self._engine) as connection:
            return connection.scalar(query)

    def approve(
        self, typed: str, shop_id: str, name: str, audience: str, look: ScreenLook
    ) -> Screen | None:
        """Make the screen that shows this code one of the shop; of several that try, one succeeds.

        A screen without a `name` gets the next number of what it shows.
        """
        if self.audience_of(typed, shop_id) is None:
            # A wrong code takes no lock.
            return None
        now = self._clock()
        made = Screen(new_id(now), shop_id, name, audience, look, now)
        given = {"shop_id": shop_id, "screen_id": made.id, "audience": audience}
        with writing(self._engine) as connection:
            found = update(screen_requests).where(*self._open(typed, shop_id))
            if connection.execute(found.values(given)).rowcount != 1:
                return None
            return add_screen(connection, made)

    def collect(self, token: str) -> Screen | None:
        """Return the screen that the device of this token was made; within a minute, again."""
        mine = (*self._of(token), screen_requests.c.screen_id.is_not(None))
        query = (
            select(screens)
            .join_from(screen_requests, screens, _ITS_SCREEN)
            .where(*mine, screens.c.revoked_at.is_(None))
        )
        with writing(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            first = func.coalesce(screen_requests.c.collected_at, self._clock())
            taken = update(screen_requests).where(*mine).values(collected_at=first)
            if row is None or connection.execute(taken).rowcount != 1:
                return None
        look = read_look(row.look, row.bay_group or "", row.language)
        return Screen(row.screen_id, row.shop_id, row.name, row.audience, look, row.created_at)

    def _of(self, token: str) -> tuple[ColumnElement[bool], ...]:
        return (
            screen_requests.c.device_hash == token_hash(token),
            screen_requests.c.expires_at > self._clock(),
            or_(
                screen_requests.c.collected_at.is_(None),
                screen_requests.c.collected_at > self._clock() - timedelta(seconds=AGAIN_SECONDS),
            ),
        )

    def _open(self, typed: str, shop_id: str) -> tuple[ColumnElement[bool], ...]:
        return (
            screen_requests.c.code_hash == code_hash(self._pepper, plain(typed)),
            screen_requests.c.expires_at > self._clock(),
            screen_requests.c.screen_id.is_(None),
            or_(screen_requests.c.shop_id.is_(None), screen_requests.c.shop_id == shop_id),
        )

    def _code(self, token: str) -> str:
        """The letters a device shows: made from its token, so that nothing of them is stored."""
        drawn = int.from_bytes(hmac.digest(self._pepper, b"shown\0" + token.encode(), "sha256"))
        letters = ""
        for _ in range(CODE_LETTERS):
            drawn, which = divmod(drawn, len(LETTERS))
            letters += LETTERS[which]
        return letters


_ITS_SCREEN = (screens.c.shop_id == screen_requests.c.shop_id) & (
    screens.c.screen_id == screen_requests.c.screen_id
)
