"""The read table of holds in the database: written beside the index of jobs, asked by one query.

Moments are kept as milliseconds, so that both databases subtract them alike.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, case, delete, func, insert, select

from board.core.hold_times import HoldSpell, Stretch, Waited, ranked
from board.search import IndexedJob
from board.tables import hold_times


def note_holds(connection: Connection, shop_id: str, jobs: Sequence[IndexedJob]) -> None:
    """Keep the holds of those jobs whose holds are given, in a transaction."""
    given = {job.job_id: job.holds for job in jobs if job.holds is not None}
    if not given:
        return
    kept = hold_times.c
    ours = (kept.shop_id == shop_id, kept.job_id.in_(given))
    connection.execute(delete(hold_times).where(*ours))
    rows = [
        {"shop_id": shop_id, "job_id": job_id, "number": number, **_columns(spell)}
        for job_id, spells in given.items()
        for number, spell in enumerate(spells, 1)
    ]
    if rows:
        connection.execute(insert(hold_times), rows)


def _columns(spell: HoldSpell) -> dict[str, object]:
    return {
        "reason": spell.reason,
        "owner": spell.owner,
        "from_ms": _milliseconds(spell.at),
        "to_ms": _milliseconds(spell.ended_at) if spell.ended_at else None,
    }


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def waits_in(connection: Connection, shop_id: str, within: Stretch) -> list[Waited]:
    """What the shop's cars waited for in this stretch, the longest wait first."""
    rows = connection.execute(_pareto(shop_id, within)).all()
    return ranked(
        Waited(row.reason, row.owner, row.holds, row.jobs, round(int(row.ms) / 1000))
        for row in rows
    )


def _pareto(shop_id: str, within: Stretch) -> Select[tuple[str, str, int, int, int]]:
    begins, until = _milliseconds(within.begins), _milliseconds(within.until)
    kept = hold_times.c
    ended: ColumnElement[int] = func.coalesce(kept.to_ms, until)
    first = case((kept.from_ms > begins, kept.from_ms), else_=begins)
    last = case((ended < until, ended), else_=until)
    return (
        select(
            kept.reason,
            kept.owner,
            func.count().label("holds"),
            func.count(kept.job_id.distinct()).label("jobs"),
            func.sum(last - first).label("ms"),
        )
        .where(kept.shop_id == shop_id, kept.from_ms < until, ended > begins)
        .group_by(kept.reason, kept.owner)
    )
