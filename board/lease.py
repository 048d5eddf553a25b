"""A right that only one process has at a time, for a while, such as sending what time does.

The fencing number grows with every new holder, so that work of a former holder can be told apart.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select, update

from board.database import insert_missing, writing
from board.tables import leases

_NOBODY = ""
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Lease:
    """One named lease, kept in the database that all contenders share."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def take(self, holder: str, seconds: float, now: datetime | None = None) -> int | None:
        """Take or renew the lease for so many seconds; None while another holds it.

        Without `now` the database's clock counts, which all contenders share.
        Returns the fencing number: the same for a renewal in time, else a greater one than any
        before. `holder` names one run of one process and must not be empty. Raises
        JournalUnavailable.
        """
        if holder == _NOBODY:
            raise ValueError("a holder needs a name")
        row = leases.c.name == self._name
        locked = select(leases.c.holder, leases.c.fence, leases.c.until).where(row)
        first = {"name": self._name, "holder": _NOBODY, "fence": 0, "until": _LONG_AGO}
        with writing(self._engine) as connection:
            connection.execute(insert_missing(connection, leases), first)
            held = connection.execute(locked.with_for_update()).one()
            now = now or _clock_of(connection)
            running = held.until > now
            if running and held.holder not in (holder, _NOBODY):
                return None
            fence: int = held.fence if running and held.holder == holder else held.fence + 1
            until = now + timedelta(seconds=seconds)
            connection.execute(
                update(leases).where(row).values(holder=holder, fence=fence, until=until)
            )
            return fence

    def release(self, holder: str) -> None:
        """Give the lease back at once; does nothing when `holder` has it no longer."""
        with writing(self._engine) as connection:
            connection.execute(
                update(leases)
                .where(leases.c.name == self._name, leases.c.holder == holder)
                .values(holder=_NOBODY)
            )


def fence_of(connection: Connection, name: str) -> int:
    """The fencing number of a lease's last holder, 0 if it had none; nobody else can take the
    lease before this transaction ends.
    """
    fence = select(leases.c.fence).where(leases.c.name == name).with_for_update(read=True)
    return connection.scalar(fence) or 0


def _clock_of(connection: Connection) -> datetime:
    """SQLite has no clock of its own; all who use the file are on this machine."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    now: datetime = connection.scalars(select(func.clock_timestamp())).one()
    return now
