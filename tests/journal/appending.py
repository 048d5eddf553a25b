"""A process of its own that appends to a journal and says each number once it is acknowledged.

Usage: appending.py URL WRITER TURNS ENTRIES_PER_TURN (0 turns: until killed).
"""

import sys
from itertools import count, islice

from board.database import open_database
from board.journal import Answer
from board.journal_sql import SqlJournal
from tests.journal.entries import SHOP, an_entry


def main(url: str, writer: str, turns: int, size: int) -> None:
    """Append in turns of `size` entries."""
    journal = SqlJournal(open_database(url))
    for number in islice(count(), turns or None):
        command = f"{writer}-{number}"
        with journal.turn(SHOP) as turn:
            seqs = range(turn.head + 1, turn.head + 1 + size)
            entries = [an_entry(seq, writer, command) for seq in seqs]
            turn.append(entries, {command: Answer(seqs[-1])})
        sys.stdout.write(f"{seqs[-1]}\n")
        sys.stdout.flush()
    journal.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
