"""A process that builds every seat's regions from the journal alone, each time anew.

What it says is what screens must show: it has never seen a frame. Reads a line, answers with one
line of JSON: the hash of what each seat must show, as `bench.sockets` hashes what it does show.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.seeding import Seat
from bench.sockets import hash_of
from board.clock import real_now
from board.recall import recall
from displays.audiences import variant_for
from settings import read_settings
from workshop import Workshop


class Fresh:
    """The other process, as the measurement asks it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def hashes(self) -> list[str]:
        """What every seat must show now."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: list[str] = json.loads(self._process.stdout.readline())
        return found


@contextmanager
def fresh_process(settings: Mapping[str, str], seats: tuple[Seat, ...]) -> Iterator[Fresh]:
    """The other process, over the same database."""
    wanted = json.dumps([(seat.audience, seat.language, seat.holder) for seat in seats])
    with subprocess.Popen(
        [sys.executable, "-m", "bench.fresh", wanted],
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Fresh(process)
        assert process.stdin
        process.stdin.close()


def hashes(workshop: Workshop, wanted: list[tuple[str, str, str]]) -> list[str]:
    """What seats of these audiences, languages and holders must show, from the journal."""
    shop, now = recall(workshop.journal, workshop.first_desk.shop.id), real_now()
    found = {}
    for audience, language, holder in {tuple(each) for each in wanted}:
        variant = variant_for(shop.id, audience, language, "", holder)
        regions = workshop.live.regions(shop, now, variant)
        found[audience, language, holder] = hash_of(regions)
    return [found[audience, language, holder] for audience, language, holder in wanted]


def main(wanted: str) -> None:
    """Answer until the input ends."""
    workshop = Workshop(read_settings())
    for _line in sys.stdin:
        sys.stdout.write(json.dumps(hashes(workshop, json.loads(wanted))) + "\n")
        sys.stdout.flush()
    workshop.close()


if __name__ == "__main__":
    main(sys.argv[1])
