"""Tries of secrets that somebody may guess, counted in the database so that all processes see them.

Knows neither secrets nor who is right: a try is counted first, and forgotten by who was right.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select

from board.database import in_turn, reading, writing
from board.tables_of_access import sign_in_failures

KEPT_SECONDS = 900
"""How long a try is remembered, at most."""


@dataclass(frozen=True, slots=True)
class TryLimit:
    """At most `count` tries within `seconds`; ValueError when tries are not kept so long."""

    count: int
    seconds: int

    def __post_init__(self) -> None:
        """Refuse a window longer than the memory."""
        if not 0 < self.seconds <= KEPT_SECONDS:
            raise ValueError(f"tries are kept {KEPT_SECONDS} seconds")


class Tries:
    """The tries of every shop, by what is tried. Every call waits for the database: use a thread.

    Keys have a blank in them: the failed sign-ins of people stand in the same table.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def take(self, shop_id: str, limits: Mapping[str, TryLimit]) -> int:
        """Count one more try under every key and return 0; or seconds to wait, nothing counted."""
        now = self._clock()
        with reading(self._engine) as connection:
            # Who guesses on is turned away without a lock, and holds up nobody who writes.
            wait = _wait(connection, shop_id, limits, now)
        if wait:
            return wait
        with writing(self._engine) as connection:
            in_turn(connection, f"tries {shop_id}")
            wait = _wait(connection, shop_id, limits, now)
            if not wait:
                old = sign_in_failures.c.at <= now - timedelta(seconds=KEPT_SECONDS)
                connection.execute(delete(sign_in_failures).where(old))
                rows = [{"shop_id": shop_id, "person_id": key, "at": now} for key in limits]
                connection.execute(insert(sign_in_failures), rows)
        return wait

    def wait(self, shop_id: str, limits: Mapping[str, TryLimit]) -> int:
        """Seconds until one more try is allowed under every key, 0 for now; counts nothing."""
        with reading(self._engine) as connection:
            return _wait(connection, shop_id, limits, self._clock())

    def forget(self, shop_id: str, keys: Collection[str]) -> None:
        """Count anew for keys that were right."""
        table = sign_in_failures
        with writing(self._engine) as connection:
            connection.execute(
                delete(table).where(table.c.shop_id == shop_id, table.c.person_id.in_(keys))
            )


def _wait(
    connection: Connection, shop_id: str, limits: Mapping[str, TryLimit], now: datetime
) -> int:
    return max(_wait_of(connection, shop_id, key, limit, now) for key, limit in limits.items())


def _wait_of(connection: Connection, shop_id: str, key: str, limit: TryLimit, now: datetime) -> int:
    """Seconds until the oldest of so many newest tries leaves the window; 0 when there is room."""
    table, window = sign_in_failures, timedelta(seconds=limit.seconds)
    mine = select(table.c.at).where(
        table.c.shop_id == shop_id, table.c.person_id == key, table.c.at > now - window
    )
    newest = mine.order_by(table.c.at.desc()).offset(limit.count - 1).limit(1)
    oldest = connection.scalar(newest)
    return int((oldest + window - now).total_seconds()) + 1 if oldest else 0
