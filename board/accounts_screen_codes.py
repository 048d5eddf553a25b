"""Screens, and the codes that are typed at them: eight letters, a quarter of an hour, one use.

Knows nothing of cookies and of what a screen shows. Screens that show a code of their own are
approved in `accounts_screen_requests`.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from board.database import reading, writing
from board.ids import new_id
from board.screen_look import ScreenLook, look_text, read_look
from board.tables_of_access import screen_codes, screens, sessions

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which a wall screen's font does not tell from 1 and 0."""

CODE_LETTERS = 8
CODE_SECONDS = 900
AUDIENCES = ("tv", "lounge", "queue", "arrivals")
"""What a screen without a person may show."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of the shop: what it shows, and how it is set to look."""

    id: str
    shop_id: str
    name: str
    audience: str
    look: ScreenLook
    created_at: datetime


class Screens:
    """Screens and codes of every shop. Every call waits for the disk: use a thread."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], pepper: bytes) -> None:
        self._engine = engine
        self._clock = clock
        self._pepper = pepper

    def make_code(self, shop_id: str, audience: str, group: str, language: str) -> str:
        """Return a new code to type at the screen; ValueError for an audience there is not."""
        if audience not in AUDIENCES:
            raise ValueError(f"there is no audience {audience}")
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
        now = self._clock()
        row = {
            "code_hash": self._hash(code),
            "shop_id": shop_id,
            "audience": audience,
            "bay_group": group,
            "language": language,
            "created_at": now,
            "expires_at": now + timedelta(seconds=CODE_SECONDS),
        }
        with writing(self._engine) as connection:
            connection.execute(insert(screen_codes).values(row))
        return code

    def claim(self, typed: str, name: str) -> Screen | None:
        """Exchange a code as typed for a new screen; of several that try, one succeeds.

        A screen without a `name` gets the next number of what it shows: TV-01, LOUNGE-01.
        """
        hashed, now = self._hash(plain(typed)), self._clock()
        usable = (
            screen_codes.c.code_hash == hashed,
            screen_codes.c.used_at.is_(None),
            screen_codes.c.expires_at > now,
        )
        with reading(self._engine) as connection:
            # A wrong code takes no lock: a flood of them must not hold up who writes.
            if connection.scalar(select(screen_codes.c.shop_id).where(*usable)) is None:
                return None
        with writing(self._engine) as connection:
            used = update(screen_codes).where(*usable).values(used_at=now)
            if connection.execute(used).rowcount != 1:
                return None
            return _new_screen(connection, hashed, name, now)

    def of_shop(self, shop_id: str) -> list[Screen]:
        """Return the screens of a shop that are not revoked, the newest first."""
        query = select(screens).where(screens.c.shop_id == shop_id, screens.c.revoked_at.is_(None))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(screens.c.created_at.desc())).all()
        return [_screen(row) for row in rows]

    def find(self, shop_id: str, screen_id: str) -> Screen | None:
        """Return the screen of that id unless it is revoked."""
        return next((each for each in self.of_shop(shop_id) if each.id == screen_id), None)

    def change(
        self, shop_id: str, screen_id: str, name: str, audience: str, look: ScreenLook
    ) -> bool:
        """Set a screen anew; False if there is none of that id that is open."""
        which = (
            screens.c.shop_id == shop_id,
            screens.c.screen_id == screen_id,
            screens.c.revoked_at.is_(None),
        )
        theirs = sessions.c.shop_id == shop_id, sessions.c.screen_id == screen_id
        with writing(self._engine) as connection:
            row = {"name": name, "audience": audience, **look_columns(look)}
            if connection.execute(update(screens).where(*which).values(row)).rowcount != 1:
                return False
            connection.execute(update(sessions).where(*theirs).values(audience=audience))
        return True

    def revoke(self, shop_id: str, screen_id: str) -> bool:
        """End a screen; False if there never was one of that id. Its sessions are ended apart."""
        statement = update(screens).where(
            screens.c.shop_id == shop_id, screens.c.screen_id == screen_id
        )
        ended = func.coalesce(screens.c.revoked_at, self._clock())
        with writing(self._engine) as connection:
            return connection.execute(statement.values(revoked_at=ended)).rowcount == 1

    def _hash(self, code: str) -> str:
        return code_hash(self._pepper, code)


def code_hash(pepper: bytes, code: str) -> str:
    """How a code is kept: under a key, for eight letters can be tried out without one."""
    return hmac.digest(pepper, code.encode(), "sha256").hex()


def spaced(code: str) -> str:
    """Return a code as people read it: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"


def plain(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter in LETTERS)[: CODE_LETTERS + 1]


def look_columns(look: ScreenLook) -> dict[str, str]:
    """What the screens' table keeps of a look."""
    return {"bay_group": look.group, "language": look.language, "look": look_text(look)}


def _new_screen(connection: Connection, hashed: str, name: str, now: datetime) -> Screen:
    code = connection.execute(select(screen_codes).where(screen_codes.c.code_hash == hashed)).one()
    look = ScreenLook(group=code.bay_group or "", language=code.language)
    return add_screen(connection, Screen(new_id(now), code.shop_id, name, code.audience, look, now))


def add_screen(connection: Connection, screen: Screen) -> Screen:
    """Keep a new screen; one without a name gets the next number of what it shows."""
    if not screen.name:
        name = _next_name(connection, screen.shop_id, screen.audience)
        screen = replace(screen, name=name)
    row = {
        "shop_id": screen.shop_id,
        "screen_id": screen.id,
        "name": screen.name,
        "audience": screen.audience,
        "created_at": screen.created_at,
        **look_columns(screen.look),
    }
    connection.execute(insert(screens).values(row))
    return screen


def _screen(row: Row[tuple[object, ...]]) -> Screen:
    look = read_look(row.look, row.bay_group or "", row.language)
    return Screen(row.screen_id, row.shop_id, row.name, row.audience, look, row.created_at)


def _next_name(connection: Connection, shop_id: str, audience: str) -> str:
    # Revoked screens count: a name that stood on one wall never means another.
    same = (screens.c.shop_id == shop_id, screens.c.audience == audience)
    names = set(connection.scalars(select(screens.c.name).where(*same)))
    numbers = (f"{audience.upper()}-{number:02}" for number in range(1, len(names) + 2))
    return next(name for name in numbers if name not in names)
