"""Cars that are held and go on, written through the one command path into a journal."""

from datetime import datetime, timedelta

from board.batches import Granted, Pending, write_batch
from board.core import commands as c
from board.core.hold_times import Stretch, Waited
from board.core.holds import HoldReason
from board.core.roles import Actor
from board.core.shop import Shop
from board.journal import Journal
from tests.builders import ANNA, CARL, MONA, NOW, PLATES, TOM, receive, set_up

SHOP = "test"


class Writing:
    """A shop whose commands are written; `now` is where its clock stands."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.shop = Shop(id=SHOP)
        self.now = NOW
        self._commands = 0
        self.do(set_up(), MONA)

    def do(self, command: c.Command, by: Actor) -> "Writing":
        """Write a command, which must be granted."""
        self._commands += 1
        pending = Pending(command, by, f"c{self._commands}")
        batch = write_batch(self.journal, self.journal.epoch, self.shop, [pending], self.now)
        assert isinstance(batch.decided[0], Granted), batch.decided
        self.shop = batch.shop
        return self

    def later(self, **span: float) -> "Writing":
        """Let time pass."""
        self.now += timedelta(**span)
        return self

    def working(self, number: int = 0) -> "Writing":
        """A car at work by Tom, for the first one, else one that waits for dispatch."""
        job = f"j{number + 1}"
        self.do(receive(job, PLATES[number]), ANNA)
        self.do(c.MoveJob(job=job, to="awaiting_dispatch"), ANNA)
        if number == 0:
            self.do(c.DispatchJob(job=job, bay="1", technicians=("tom",)), CARL)
            self.do(c.StartLine(job=job), TOM)
        return self

    def hold(self, reason: HoldReason, job: str = "j1") -> "Writing":
        """Carl stops the job."""
        return self.do(c.HoldJob(job=job, hold=reason, note="n", expected=self.far()), CARL)

    def far(self) -> datetime:
        """A time that is expected."""
        return self.now + timedelta(hours=9)

    def resume(self, job: str = "j1") -> "Writing":
        """Carl lets it go on."""
        return self.do(c.ResumeJob(job=job), CARL)

    def waits(self, begins: datetime = NOW, until: datetime | None = None) -> list[Waited]:
        """What the journal's read table adds up to."""
        return self.journal.jobs.waits(SHOP, Stretch(begins, until or self.now))
