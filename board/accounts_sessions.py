"""Sessions: who is signed in on which browser or screen, for how long, and how it ends.

Keeps hashes of tokens only; knows nothing of cookies, roles or live sockets.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Row, and_, insert, select, update

from board.database import reading, writing
from board.screen_look import ScreenLook, read_look
from board.tables_of_access import screens, sessions

# A read that found the session touched less than this ago writes nothing.
_TOUCH_SECONDS = 300

# Databases limit how many values one statement may carry.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts: unused, and in all; None for ever."""

    idle_seconds: int | None
    whole_seconds: int | None


LIFETIMES: dict[str, Lifetime] = {
    "pin": Lifetime(12 * 3600, 18 * 3600),
    "password": Lifetime(12 * 3600, 7 * 86400),
    "link": Lifetime(12 * 3600, 7 * 86400),
    "screen": Lifetime(None, None),
}
"""By the way in; a screen stays until it is revoked."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's or screen's leave to ask; `hash` names it without giving it away.

    `look` is a screen's, as it is set now.
    """

    hash: str
    shop_id: str
    holder_kind: str
    person_id: str
    screen_id: str
    screen_name: str
    audience: str
    look: ScreenLook
    language: str
    created_at: datetime
    last_seen_at: datetime
    via: str

    def lives(self, now: datetime) -> bool:
        """Whether it has been used lately enough and is young enough."""
        lifetime = LIFETIMES.get(self.via, LIFETIMES["pin"])
        return _within(now - self.last_seen_at, lifetime.idle_seconds) and _within(
            now - self.created_at, lifetime.whole_seconds
        )


def token_hash(token: str) -> str:
    """Return how a 256-bit random token is kept: a plain hash, for it cannot be guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """Return 256 random bits as 43 letters that fit a cookie, a header and a path."""
    return secrets.token_urlsafe(32)


class Sessions:
    """Sessions of every shop. Every call waits for the disk: use a thread."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def open_person(self, shop_id: str, person_id: str, via: str, language: str) -> str:
        """Sign a person in; return the token, which is nowhere else."""
        return self._open(
            shop_id=shop_id, holder_kind="person", person_id=person_id, via=via, language=language
        )

    def open_screen(self, shop_id: str, screen_id: str, audience: str, language: str) -> str:
        """Let a screen in; return the token, which is nowhere else."""
        return self._open(
            shop_id=shop_id,
            holder_kind="screen",
            screen_id=screen_id,
            audience=audience,
            via="screen",
            language=language,
        )

    def _open(self, **columns: str) -> str:
        token, now = new_token(), self._clock()
        row = {**columns, "token_hash": token_hash(token), "created_at": now, "last_seen_at": now}
        with writing(self._engine) as connection:
            connection.execute(insert(sessions).values(row))
        return token

    def find(self, hashed: str) -> Session | None:
        """Return the living session of that token hash, and note now and then that it is used."""
        return self.find_all((hashed,)).get(hashed)

    def find_all(self, hashes: Collection[str]) -> dict[str, Session]:
        """Return the living sessions of these token hashes by hash, in one question for many."""
        now = self._clock()
        found = {one.hash: one for one in self._among(hashes) if one.lives(now)}
        touch = timedelta(seconds=_TOUCH_SECONDS)
        stale = [one.hash for one in found.values() if now - one.last_seen_at > touch]
        for start in range(0, len(stale), _AT_ONCE):
            which = sessions.c.token_hash.in_(stale[start : start + _AT_ONCE])
            self._change(which, last_seen_at=now)
        return found

    def _among(self, hashes: Collection[str]) -> list[Session]:
        """Those of the hashes that are not revoked."""
        asked = list(hashes)
        found: list[Session] = []
        with reading(self._engine) as connection:
            for start in range(0, len(asked), _AT_ONCE):
                query = _QUERY.where(sessions.c.token_hash.in_(asked[start : start + _AT_ONCE]))
                found += map(_session, connection.execute(query))
        return found

    def of_shop(self, shop_id: str) -> list[Session]:
        """Return the living sessions of a shop, the newest first."""
        now = self._clock()
        query = _QUERY.where(sessions.c.shop_id == shop_id).order_by(sessions.c.created_at.desc())
        with reading(self._engine) as connection:
            found = [_session(row) for row in connection.execute(query)]
        return [session for session in found if session.lives(now)]

    def dead_among(self, hashes: Collection[str]) -> frozenset[str]:
        """Return those of the hashes that are revoked or over: their sockets must close."""
        now = self._clock()
        return frozenset(hashes) - {one.hash for one in self._among(hashes) if one.lives(now)}

    def speak(self, hashed: str, language: str) -> None:
        """Use another language in this session."""
        self._change(sessions.c.token_hash == hashed, language=language)

    def knows(self, shop_id: str, hashed: str) -> bool:
        """Whether the shop ever had this session, open or over."""
        query = select(sessions.c.token_hash).where(
            sessions.c.shop_id == shop_id, sessions.c.token_hash == hashed
        )
        with reading(self._engine) as connection:
            return connection.scalar(query) is not None

    def revoke(self, shop_id: str, hashed: str) -> frozenset[str]:
        """End one session of the shop; return its hash if it was open."""
        return self._revoke(shop_id, sessions.c.token_hash == hashed)

    def revoke_person(self, shop_id: str, person_id: str) -> frozenset[str]:
        """End every session of a person; return the hashes of those that were open."""
        return self._revoke(shop_id, sessions.c.person_id == person_id)

    def revoke_screen(self, shop_id: str, screen_id: str) -> frozenset[str]:
        """End every session of a screen; return the hashes of those that were open."""
        return self._revoke(shop_id, sessions.c.screen_id == screen_id)

    def _revoke(self, shop_id: str, which: ColumnElement[bool]) -> frozenset[str]:
        is_open = and_(sessions.c.shop_id == shop_id, which, sessions.c.revoked_at.is_(None))
        with writing(self._engine) as connection:
            found = frozenset(connection.scalars(select(sessions.c.token_hash).where(is_open)))
            connection.execute(update(sessions).where(is_open).values(revoked_at=self._clock()))
        return found

    def _change(self, which: ColumnElement[bool], **columns: object) -> None:
        with writing(self._engine) as connection:
            connection.execute(update(sessions).where(which).values(columns))


_QUERY = (
    select(sessions, screens.c.bay_group, screens.c.look, screens.c.name.label("screen_name"))
    .select_from(
        sessions.outerjoin(
            screens,
            and_(
                screens.c.shop_id == sessions.c.shop_id,
                screens.c.screen_id == sessions.c.screen_id,
            ),
        )
    )
    .where(sessions.c.revoked_at.is_(None))
)


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(
        hash=row.token_hash,
        shop_id=row.shop_id,
        holder_kind=row.holder_kind,
        person_id=row.person_id or "",
        screen_id=row.screen_id or "",
        screen_name=row.screen_name or "",
        audience=row.audience or "",
        look=read_look(row.look, row.bay_group or "", row.language),
        language=row.language,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        via=row.via,
    )


def _within(span: timedelta, seconds: int | None) -> bool:
    return seconds is None or span <= timedelta(seconds=seconds)
