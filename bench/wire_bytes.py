"""What one move of a card costs on the wire of a board with 300 jobs open.

python -m bench.wire_bytes
"""

import statistics
import sys
from collections.abc import Iterator
from itertools import islice

from bench.askers import Ask, day_of
from bench.crowd import Crowd, Shop, crowd_of, shop_of
from bench.sockets import Arrival
from bench.table import Row, show, spread

JOBS, MOVES, MOST_BYTES = 300, 20, 0.8 * 1024
_MOVES = frozenset({"dispatch_job", "move_job", "hold_job", "resume_job"})


def rows() -> list[Row]:
    """Bytes of all frames that a move causes on one board, compressed and plain; a heartbeat."""
    with shop_of(JOBS) as shop:
        seat = next(seat for seat in shop.seeded.seats if seat.audience == "board")
        sizes = {}
        for compressed in (True, False):
            with crowd_of(shop, (seat,), compressed) as crowd:
                sizes[compressed] = [_of_one(shop, crowd, ask) for ask in _moves(shop)]
                beats = [each.size for each in crowd.heard() if each.beat]
    packed, plain = sizes[True], sizes[False]
    told = spread(packed, "bytes", 0) + f"; without compression {statistics.median(plain):.0f}"
    return [
        Row(
            f"Bytes of one card move at a board, {JOBS} jobs open, every frame that it causes",
            "≤ 0.8 KB",
            f"{told}; a heartbeat besides {beats[-1] if beats else 0}",
            statistics.median(packed) <= MOST_BYTES,
        )
    ]


def _moves(shop: Shop) -> Iterator[Ask]:
    asked = day_of(shop.seeded.movable[:8], 0)
    moves = islice((each for each in asked if each[0] in _MOVES), MOVES)
    return moves


def _of_one(shop: Shop, crowd: Crowd, ask: Ask) -> int:
    """Bytes of the frames between a command and everybody's knowing of it."""
    crowd.mark()
    name, body = ask
    crowd.settled(shop.do(name, **body))
    return sum(each.size for each in _frames(crowd.heard()))


def _frames(heard: list[Arrival]) -> Iterator[Arrival]:
    return (each for each in heard if not each.beat)


if __name__ == "__main__":
    sys.exit(show(rows()))
