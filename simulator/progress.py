"""What the person at the terminal sees: one line while the day runs, a summary at its end."""

import asyncio
import sys
from dataclasses import dataclass
from time import monotonic

from simulator.walk import Play
from simulator.watch import Watch

EVERY_SECONDS = 10.0
TTY_SECONDS = 0.5


@dataclass(slots=True)
class Progress:
    """Writes to standard output."""

    play: Play
    watch: Watch
    visits: int = 0
    finished: int = 0
    _written_at: float = 0.0

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await asyncio.sleep(TTY_SECONDS)
            self.write()

    def write(self, *, always: bool = False) -> None:
        """Rewrite the line on a terminal; elsewhere a new line now and then."""
        is_tty = sys.stdout.isatty()
        wait = TTY_SECONDS if is_tty else EVERY_SECONDS
        if always or monotonic() - self._written_at >= wait:
            self._written_at = monotonic()
            begin, end = ("\r\x1b[K", "") if is_tty and not always else ("", "\n")
            sys.stdout.write(begin + self.line() + end)
            sys.stdout.flush()

    def say(self, sentence: str) -> None:
        """A line of its own, above the one that is rewritten."""
        sys.stdout.write(("\r\x1b[K" if sys.stdout.isatty() else "") + sentence + "\n")
        sys.stdout.flush()

    def line(self) -> str:
        """Where the day stands."""
        lanes, tally = self.watch.lanes, self.play.doors.tally
        waiting = lanes["reception"] + lanes["dispatch"]
        after = lanes["check"] + lanes["wash"]
        return (
            f"{self.play.time.now():%m-%d %H:%M}  in {waiting}  work {lanes['work']}  "
            f"held {lanes['hold']}  check+wash {after}  ready {lanes['handover']}  "
            f"done {self.finished}/{self.visits}  commands {tally.sent}  "
            f"refused {sum(tally.refused.values())}"
        )

    def summary(self) -> str:
        """Counts by cause, refusals by code, and everything that should not have happened."""
        play, tally = self.play, self.play.doors.tally
        causes = "  ".join(f"{name} {count}" for name, count in sorted((+play.happened).items()))
        refusals = "  ".join(f"{code} {count}" for code, count in sorted(tally.refused.items()))
        lines = [
            f"visits finished: {self.finished} of {self.visits}",
            f"commands: {tally.sent}   refused: {refusals or 'none'}",
            f"causes: {causes or 'none'}",
            *(f"SURPRISE: {sentence}" for sentence in tally.surprises),
        ]
        return "\n".join(lines)
