"""A right that only one process has at a time, for a while, such as sending what time does.

The fencing number grows with every new holder, so that work of a former holder can be told apart.
"""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update

from board.database import insert_missing, writing
from board.tables import leases

_NOBODY = ""


class Lease:
    """One named lease, kept in the database that all contenders share."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def take(self, holder: str, seconds: float, now: datetime) -> int | None:
        """Take or renew the lease until `seconds` after `now`; None while another holds it.

        Returns the fencing number: the same for a renewal in time, else a greater one than any
        before. `holder` names one run of one process and must not be empty. Raises
        JournalUnavailable.
        """
        if holder == _NOBODY:
            raise ValueError("a holder needs a name")
        row = leases.c.name == self._name
        locked = select(leases.c.holder, leases.c.fence, leases.c.until).where(row)
        first = {"name": self._name, "holder": _NOBODY, "fence": 0, "until": now}
        with writing(self._engine) as connection:
            connection.execute(insert_missing(connection, leases), first)
            held = connection.execute(locked.with_for_update()).one()
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
