"""Badges: a random secret printed for a person, with which they sign in where it is scanned.

Keeps hashes only, beside PINs and passwords. Knows nothing of sessions or of paper.
"""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Delete, Engine, delete, insert, select

from board.accounts_sessions import token_hash
from board.database import reading, writing
from board.tables_of_access import credentials

KIND = "badge"
_DIGITS = 40
_CODE = re.compile(rf"B\d{{{_DIGITS}}}", re.ASCII)


def new_badge() -> str:
    """Return 132 random bits as a letter and digits: what every scanner types on any keyboard."""
    return f"B{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


class Badges:
    """The badges of every shop, one for a person at most. Every call waits for the disk."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def make(self, shop_id: str, person_id: str) -> str:
        """Give a person a badge in place of the one they had; return what is printed on it, once.

        A plain hash is kept: nobody guesses 132 bits.
        """
        code = new_badge()
        row = {"shop_id": shop_id, "person_id": person_id, "kind": KIND}
        with writing(self._engine) as connection:
            connection.execute(_of(shop_id, person_id))
            kept = insert(credentials).values(
                hash=token_hash(code), changed_at=self._clock(), **row
            )
            connection.execute(kept)
        return code

    def revoke(self, shop_id: str, person_id: str) -> bool:
        """Let a person's badge open nothing any more; False when there was none."""
        with writing(self._engine) as connection:
            return connection.execute(_of(shop_id, person_id)).rowcount == 1

    def holder(self, shop_id: str, code: str) -> str:
        """Return whose badge it is, '' when it is nobody's."""
        if not _CODE.fullmatch(code):
            return ""
        query = select(credentials.c.person_id).where(
            credentials.c.shop_id == shop_id,
            credentials.c.kind == KIND,
            credentials.c.hash == token_hash(code),
        )
        with reading(self._engine) as connection:
            return connection.scalar(query) or ""

    def holders(self, shop_id: str) -> frozenset[str]:
        """Return the people of a shop who have a badge."""
        query = select(credentials.c.person_id).where(
            credentials.c.shop_id == shop_id, credentials.c.kind == KIND
        )
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(query))


def _of(shop_id: str, person_id: str) -> Delete:
    return delete(credentials).where(
        credentials.c.shop_id == shop_id,
        credentials.c.person_id == person_id,
        credentials.c.kind == KIND,
    )
