"""Keys of other programs, and one-time links for a person's first sign-in.

Both are 256 random bits of which only the hash is kept. Knows nothing of requests.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, insert, select, update

from board.accounts_sessions import new_token, token_hash
from board.core.roles import PEOPLE_ROLES, Role
from board.database import reading, writing
from board.ids import new_id
from board.tables_of_access import api_tokens, one_time_links

LINK_SECONDS = 7 * 86400
PREFIX = "bl_"

# Databases limit how many values one statement may carry.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is known of a key: its id, its name, the roles it acts in."""

    id: str
    shop_id: str
    name: str
    roles: frozenset[Role]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    """A key just made; `secret` is shown once and kept nowhere."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Link:
    """Whose first sign-in a link opens."""

    shop_id: str
    person_id: str


class Tokens:
    """Keys and links of every shop. Every call waits for the disk: use a thread."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def create(self, shop_id: str, name: str, roles: Collection[Role]) -> NewToken:
        """Make a key that acts in these roles; ValueError for none or for one people lack.

        The role of a device stands alone: such a key opens the door of devices and no other.
        """
        if not roles or (set(roles) != {Role.device} and not set(roles) <= set(PEOPLE_ROLES)):
            raise ValueError("a key needs at least one role that people have, or device alone")
        now, secret = self._clock(), PREFIX + new_token()
        made = NewToken(new_id(now), secret)
        row = {
            "token_hash": token_hash(secret),
            "shop_id": shop_id,
            "token_id": made.id,
            "name": name,
            "roles": ",".join(sorted(role.value for role in roles)),
            "created_at": now,
        }
        with writing(self._engine) as connection:
            connection.execute(insert(api_tokens).values(row))
        return made

    def find(self, hashed: str) -> ApiToken | None:
        """Return the key of that hash unless it is revoked."""
        return self.find_all((hashed,)).get(hashed)

    def find_all(self, hashes: Collection[str]) -> dict[str, ApiToken]:
        """Return the open keys of these hashes by hash, in one question for many."""
        asked = list(hashes)
        found: dict[str, ApiToken] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(asked), _AT_ONCE):
                among = api_tokens.c.token_hash.in_(asked[start : start + _AT_ONCE])
                query = select(api_tokens).where(among, api_tokens.c.revoked_at.is_(None))
                found |= {row.token_hash: _token(row) for row in connection.execute(query)}
        return found

    def of_shop(self, shop_id: str) -> list[ApiToken]:
        """Return the keys of a shop that are not revoked, the newest first."""
        query = select(api_tokens.c.token_hash).where(
            api_tokens.c.shop_id == shop_id, api_tokens.c.revoked_at.is_(None)
        )
        with reading(self._engine) as connection:
            hashes = list(connection.scalars(query.order_by(api_tokens.c.created_at.desc())))
        return [token for hashed in hashes if (token := self.find(hashed))]

    def revoke(self, shop_id: str, token_id: str) -> bool:
        """End a key; False if there is none of that id that is open."""
        statement = update(api_tokens).where(
            api_tokens.c.shop_id == shop_id,
            api_tokens.c.token_id == token_id,
            api_tokens.c.revoked_at.is_(None),
        )
        with writing(self._engine) as connection:
            return connection.execute(statement.values(revoked_at=self._clock())).rowcount == 1

    def make_link(self, shop_id: str, person_id: str) -> str:
        """Return the token of a link that lets a person in once, within a week."""
        token, now = new_token(), self._clock()
        row = {
            "token_hash": token_hash(token),
            "shop_id": shop_id,
            "person_id": person_id,
            "created_at": now,
            "expires_at": now + timedelta(seconds=LINK_SECONDS),
        }
        with writing(self._engine) as connection:
            connection.execute(insert(one_time_links).values(row))
        return token

    def look_at_link(self, token: str) -> Link | None:
        """Return whose link it is, if it can still be used; looking does not use it up."""
        query = select(one_time_links.c.shop_id, one_time_links.c.person_id)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(*self._usable(token))).one_or_none()
        return None if row is None else Link(row.shop_id, row.person_id)

    def use_link(self, token: str) -> Link | None:
        """Use a link up and return whose it is; of several that try, one succeeds."""
        found = self.look_at_link(token)
        used = update(one_time_links).where(*self._usable(token)).values(used_at=self._clock())
        with writing(self._engine) as connection:
            return found if connection.execute(used).rowcount == 1 else None

    def _usable(self, token: str) -> list[ColumnElement[bool]]:
        return [
            one_time_links.c.token_hash == token_hash(token),
            one_time_links.c.used_at.is_(None),
            one_time_links.c.expires_at > self._clock(),
        ]


def _token(row: Row[Any]) -> ApiToken:
    roles = frozenset(Role(role) for role in row.roles.split(","))
    return ApiToken(row.token_id, row.shop_id, row.name, roles, row.created_at)
