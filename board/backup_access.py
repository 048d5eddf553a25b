"""What a restore must not bring back: ways in that were ended after the backup was made.

Sessions go on only if both the backup and the database it replaces know them as open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Row, Table, delete, insert, inspect, select, update

from board.tables import leases
from board.tables_of_access import (
    api_tokens,
    credentials,
    one_time_links,
    screen_codes,
    screen_requests,
    screens,
    sessions,
    sign_in_failures,
)

_TABLES = (api_tokens, credentials, leases, screens, sessions, sign_in_failures)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways into the database that is replaced; empty when there is none."""

    open_sessions: frozenset[str] = frozenset()
    ended_tokens: frozenset[str] = frozenset()
    ended_screens: frozenset[str] = frozenset()
    credentials: Sequence[Row[*tuple[object, ...]]] = ()
    failures: Sequence[Row[*tuple[object, ...]]] = ()
    fences: Sequence[Row[*tuple[object, ...]]] = ()


def ways_in(connection: Connection) -> Ways:
    """The ways into the database of this connection."""
    there = inspect(connection)
    if not all(there.has_table(table.name) for table in _TABLES):
        return Ways()

    def ended(table: Table, key: Column[str]) -> frozenset[str]:
        return frozenset(connection.scalars(select(key).where(table.c.revoked_at.is_not(None))))

    is_open = select(sessions.c.token_hash).where(sessions.c.revoked_at.is_(None))
    return Ways(
        frozenset(connection.scalars(is_open)),
        ended(api_tokens, api_tokens.c.token_hash),
        ended(screens, screens.c.screen_id),
        connection.execute(select(credentials)).all(),
        connection.execute(select(sign_in_failures)).all(),
        connection.execute(select(leases.c.name, leases.c.fence)).all(),
    )


def keep_ended(connection: Connection, before: Ways, now: datetime) -> None:
    """End in the restored database what `before` has ended, and what it never knew as open."""
    opened = select(sessions.c.token_hash).where(sessions.c.revoked_at.is_(None))
    over = frozenset(connection.scalars(opened)) - before.open_sessions
    _revoke(connection, sessions, sessions.c.token_hash, over, now)
    _revoke(connection, api_tokens, api_tokens.c.token_hash, before.ended_tokens, now)
    _revoke(connection, screens, screens.c.screen_id, before.ended_screens, now)
    for table in (one_time_links, screen_codes):
        connection.execute(update(table).where(table.c.used_at.is_(None)).values(used_at=now))
    connection.execute(delete(screen_requests))
    for row in before.credentials:
        _keep_newer(connection, row)
    connection.execute(delete(sign_in_failures))
    if before.failures:
        connection.execute(insert(sign_in_failures), [row._asdict() for row in before.failures])
    _raise_fences(connection, before)


def _revoke(
    connection: Connection, table: Table, key: Column[str], which: Iterable[str], now: datetime
) -> None:
    keys = sorted(which)
    for start in range(0, len(keys), _AT_ONCE):
        theirs = key.in_(keys[start : start + _AT_ONCE]), table.c.revoked_at.is_(None)
        connection.execute(update(table).where(*theirs).values(revoked_at=now))


def _keep_newer(connection: Connection, row: Row[*tuple[object, ...]]) -> None:
    """A PIN or password that was changed after the backup stays changed."""
    same = [credentials.c[key] == getattr(row, key) for key in ("shop_id", "person_id", "kind")]
    older = credentials.c.changed_at < row.changed_at
    changed = {"hash": row.hash, "changed_at": row.changed_at}
    connection.execute(update(credentials).where(*same, older).values(changed))


def _raise_fences(connection: Connection, before: Ways) -> None:
    """Fencing numbers only ever grow; everybody takes their lease anew."""
    kept = dict(connection.execute(select(leases.c.name, leases.c.fence)).all())
    for row in before.fences:
        kept[row.name] = max(kept.get(row.name, 0), row.fence)
    for name, fence in kept.items():
        held = update(leases).where(leases.c.name == name)
        connection.execute(held.values(holder="", fence=fence + 1))
