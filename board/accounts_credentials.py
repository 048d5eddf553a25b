"""PINs and passwords: how they are hashed, checked and locked after too many wrong tries.

Keeps hashes only. Knows nothing of sessions, of roles or of who may set a PIN.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Engine,
    delete,
    func,
    insert,
    select,
    update,
)

from board.accounts_tries import KEPT_SECONDS
from board.database import in_turn, reading, writing
from board.tables_of_access import credentials, sign_in_failures

TRIES = 5
LOCK_SECONDS = KEPT_SECONDS
PASSWORD_LETTERS = (8, 200)
PIN_DIGITS = 4

# 19 MiB and two passes take some 35 ms of one core: a busy shop signs in a few people a minute.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


class CredentialKind(StrEnum):
    """What somebody signs in with."""

    pin = "pin"
    password = "password"


@dataclass(frozen=True, slots=True)
class Right:
    """The secret is that person's."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """It is not; `tries_left` before the name is locked, 0 for a name nobody has."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong tries under this name; `seconds` until the next one counts."""

    seconds: int
    just_now: bool = False


Verdict = Right | Wrong | Locked


def pin_is_sound(pin: str) -> bool:
    """Whether a PIN has 4 plain digits: the pad of a tablet signs in with the fourth."""
    return pin.isascii() and pin.isdigit() and len(pin) == PIN_DIGITS


def password_is_sound(password: str) -> bool:
    """Whether a password has 8 to 200 characters that UTF-8 can carry."""
    is_text = not any("\ud800" <= letter <= "\udfff" for letter in password)
    return is_text and PASSWORD_LETTERS[0] <= len(password) <= PASSWORD_LETTERS[1]


class Credentials:
    """PINs and passwords of every shop. Every call waits for argon2 or the disk: use a thread."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], pepper: bytes) -> None:
        self._engine = engine
        self._clock = clock
        # Without the pepper, four digits are guessed from a stolen database within minutes.
        self._pepper = pepper
        self._nobody = _HASHER.hash(self._peppered("nobody"))

    def set(self, shop_id: str, person_id: str, kind: CredentialKind, secret: str) -> None:
        """Keep this PIN or password and forget wrong tries; ValueError if it is not sound."""
        sound = pin_is_sound if kind == CredentialKind.pin else password_is_sound
        if not sound(secret):
            raise ValueError(f"not a sound {kind.value}")
        kept = _HASHER.hash(self._peppered(secret))
        row = {"shop_id": shop_id, "person_id": person_id, "kind": kind.value}
        with writing(self._engine) as connection:
            connection.execute(delete(credentials).where(*_is(row)))
            connection.execute(
                insert(credentials).values(hash=kept, changed_at=self._clock(), **row)
            )
            connection.execute(_forget_failures(shop_id, person_id))

    def has(self, shop_id: str, person_id: str) -> frozenset[CredentialKind]:
        """Return the kinds of credential this person has."""
        query = select(credentials.c.kind).where(
            credentials.c.shop_id == shop_id, credentials.c.person_id == person_id, _IS_OURS
        )
        with reading(self._engine) as connection:
            return frozenset(CredentialKind(kind) for kind in connection.scalars(query))

    def of_shop(self, shop_id: str) -> dict[str, frozenset[CredentialKind]]:
        """Return the kinds of credential by person, for everybody who has one."""
        query = select(credentials.c.person_id, credentials.c.kind)
        found: dict[str, frozenset[CredentialKind]] = {}
        with reading(self._engine) as connection:
            for person, kind in connection.execute(
                query.where(credentials.c.shop_id == shop_id, _IS_OURS)
            ):
                found[person] = found.get(person, frozenset()) | {CredentialKind(kind)}
        return found

    def check(self, shop_id: str, person_id: str, kind: CredentialKind, secret: str) -> Verdict:
        """Say whether the secret is that person's; wrong and locked tries take the same time."""
        kept = self._hash_of(shop_id, person_id, kind)
        if kept is None:
            self._fits(self._nobody, secret)
            return Wrong(0)
        # The try is written down before the slow comparison: tries side by side count too.
        left = self._count_try(shop_id, person_id)
        if isinstance(left, Locked):
            return left
        if not self._fits(kept, secret):
            return Locked(LOCK_SECONDS, just_now=True) if left == 0 else Wrong(left)
        with writing(self._engine) as connection:
            connection.execute(_forget_failures(shop_id, person_id))
        if _HASHER.check_needs_rehash(kept):
            self._rehash(shop_id, person_id, kind, kept, secret)
        return Right()

    def _hash_of(self, shop_id: str, person_id: str, kind: CredentialKind) -> str | None:
        row = {"shop_id": shop_id, "person_id": person_id, "kind": kind.value}
        with reading(self._engine) as connection:
            return connection.scalar(select(credentials.c.hash).where(*_is(row)))

    def _count_try(self, shop_id: str, person_id: str) -> int | Locked:
        now = self._clock()
        since = now - timedelta(seconds=LOCK_SECONDS)
        with writing(self._engine) as connection:
            in_turn(connection, f"tries {shop_id}")
            connection.execute(delete(sign_in_failures).where(sign_in_failures.c.at <= since))
            count, newest = _failures(connection, shop_id, person_id)
            if count >= TRIES and newest is not None:
                return Locked(int((newest - since).total_seconds()) + 1)
            row = {"shop_id": shop_id, "person_id": person_id, "at": now}
            connection.execute(insert(sign_in_failures).values(row))
        return TRIES - count - 1

    def _rehash(
        self, shop_id: str, person_id: str, kind: CredentialKind, kept: str, secret: str
    ) -> None:
        row = {"shop_id": shop_id, "person_id": person_id, "kind": kind.value, "hash": kept}
        renewed = _HASHER.hash(self._peppered(secret))
        with writing(self._engine) as connection:
            connection.execute(update(credentials).where(*_is(row)).values(hash=renewed))

    def _fits(self, kept: str, secret: str) -> bool:
        try:
            return _HASHER.verify(kept, self._peppered(secret))
        except (VerificationError, InvalidHashError):
            return False

    def _peppered(self, secret: str) -> bytes:
        return hmac.digest(self._pepper, secret.encode("utf-8", "surrogatepass"), "sha256")


_IS_OURS = credentials.c.kind.in_([kind.value for kind in CredentialKind])
"""Badges lie in the same table."""


def _is(row: dict[str, str]) -> list[ColumnElement[bool]]:
    return [credentials.c[name] == value for name, value in row.items()]


def _failures(connection: Connection, shop_id: str, person_id: str) -> tuple[int, datetime | None]:
    query = select(func.count(), func.max(sign_in_failures.c.at)).where(
        sign_in_failures.c.shop_id == shop_id, sign_in_failures.c.person_id == person_id
    )
    count, newest = connection.execute(query).one()
    return count, newest


def _forget_failures(shop_id: str, person_id: str) -> Delete:
    return delete(sign_in_failures).where(
        sign_in_failures.c.shop_id == shop_id, sign_in_failures.c.person_id == person_id
    )
