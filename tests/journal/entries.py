"""Entries for the tests of the journal, and the shortest way to append them."""

from datetime import UTC, datetime

from sqlalchemy import make_url

from board.journal import Answer, Entry, Journal

SHOP = "shop-1"
OTHER_SHOP = "shop-2"
NOON = datetime(2026, 3, 2, 4, 0, 0, 123456, tzinfo=UTC)


def an_entry(seq: int, job_id: str | None = "job-1", command_id: str | None = None) -> Entry:
    """A plausible entry with this number."""
    return Entry(
        seq=seq,
        at=NOON,
        actor="person:lin",
        command_id=command_id or f"command-{seq}",
        job_id=job_id,
        kind="job_moved",
        version=1,
        body={"to": "working", "note": "右前轮异响", "lines": [1, 2.5, None, True]},
        via="session:7f",
    )


def append(journal: Journal, *job_ids: str | None, shop_id: str = SHOP) -> list[Entry]:
    """Append one entry for each job in one turn and return them."""
    with journal.turn(shop_id) as turn:
        entries = [an_entry(turn.head + 1 + n, job_id) for n, job_id in enumerate(job_ids)]
        turn.append(entries, {entry.command_id: Answer(entry.seq) for entry in entries})
    return entries


def seqs(entries: list[Entry]) -> list[int]:
    """The numbers of the entries."""
    return [entry.seq for entry in entries]


def with_option(url: str, option: str) -> str:
    """The address of a PostgreSQL database with one setting of the server changed."""
    changed = make_url(url).update_query_dict({"options": f"-c{option}"})
    return changed.render_as_string(hide_password=False)
