"""Programs that ask for commands over HTTP, one connection each, kept alive: the next command
goes out when the last one is answered.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec

from bench.seeding import bay, technician

Ask = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A granted command: its name, when it was asked and answered (monotonic), its seq."""

    name: str
    asked: float
    answered: float
    seq: int

    @property
    def seconds(self) -> float:
        """How long the asker waited."""
        return self.answered - self.asked


def day_of(jobs: Sequence[str], first: int) -> Iterator[Ask]:
    """Moves, holds and promises without end: each job dispatched, promised, held, resumed and
    taken back, one job's deed after another job's.
    """
    for turn in count(first):
        at = (datetime.now(UTC) + timedelta(hours=3, minutes=turn % 240)).isoformat()
        deeds: tuple[Ask, ...] = (
            ("dispatch_job", {"bay": bay(turn), "technicians": [technician(turn)]}),
            ("promise_job", {"at": at, "reason": "parts are late"}),
            ("hold_job", {"hold": "approval"}),
            ("resume_job", {}),
            ("move_job", {"to": "awaiting_dispatch"}),
        )
        for name, body in deeds:
            for job in jobs:
                yield name, {"job": job, **body}


class Asker:
    """One program with its key and its connection."""

    def __init__(self, port: int, key: str) -> None:
        self._port = port
        self._head = f"host: 127.0.0.1:{port}\r\nauthorization: Bearer {key}\r\n"

    async def dial(self) -> "Asker":
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def ask(self, name: str, body: dict[str, object]) -> Answered:
        """Ask for a command that must be granted."""
        text = msgspec.json.encode(body)
        head = f"POST /api/v1/commands/{name} HTTP/1.1\r\n{self._head}"
        head += f"content-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
        asked = time.monotonic()
        self._writer.write(head.encode() + text)
        status, answer = await self._answer()
        answered = time.monotonic()
        if status != 200:
            raise RuntimeError(f"{name} {body}: {status} {answer.decode()}")
        return Answered(name, asked, answered, int(msgspec.json.decode(answer)["seq"]))

    async def _answer(self) -> tuple[int, bytes]:
        head = await self._reader.readuntil(b"\r\n\r\n")
        _, found, rest = head.lower().partition(b"content-length:")
        size = int(rest.partition(b"\r\n")[0]) if found else 0
        return int(head.split(b" ", 2)[1]), await self._reader.readexactly(size)

    def hang_up(self) -> None:
        """Close the connection."""
        self._writer.close()


async def rush(
    port: int, keys: Sequence[str], jobs: Sequence[str], seconds: float, first: int = 0
) -> list[Answered]:
    """One asker per key, each with jobs of its own, as fast as answers come, for so long."""
    askers = [await Asker(port, key).dial() for key in keys]
    until = time.monotonic() + seconds

    async def work(asker: Asker, own: Sequence[str]) -> list[Answered]:
        done = []
        for name, body in day_of(own, first):
            done.append(await asker.ask(name, body))
            # Every job is left as it was found.
            if time.monotonic() > until and (name, body["job"]) == ("move_job", own[-1]):
                break
        asker.hang_up()
        return done

    slices = [jobs[number :: len(askers)] for number in range(len(askers))]
    found = await asyncio.gather(*map(work, askers, slices))
    return [each for done in found for each in done]
