"""Which cars may be forgotten: all their orders were closed longer ago than the shop keeps them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, case, func, or_, select

from board.core.commands import EraseCar
from board.core.due import Due
from board.core.shop import Shop
from board.database import reading
from board.erasing import purge_if_due
from board.tables import car_files, job_index, job_keys

MOST_AT_ONCE = 200
_YEAR = timedelta(days=365.25)

Overdue = Callable[[Shop, datetime], list[Due]]


def overdue_in(engine: Engine) -> Overdue:
    """Tells what a shop may erase now, and ends what an earlier erasure had to leave.

    What it returns raises JournalUnavailable.
    """

    def overdue(shop: Shop, now: datetime) -> list[Due]:
        purge_if_due(engine)
        years = {kind: count for kind, count in (shop.settings.retention or {}).items() if count}
        if not years:
            return []
        limits = {kind: now - count * _YEAR for kind, count in years.items()}
        with reading(engine) as connection:
            rows = connection.execute(_cars_over(shop.id, limits)).all()
        return [(EraseCar(jobs=(row.job_id,)), f"erase:{row.key_id}") for row in rows]

    return overdue


def _cars_over(shop_id: str, limits: dict[str, datetime]) -> Select[tuple[str, str]]:
    """Key and one job of each car that has nothing left to keep, at most MOST_AT_ONCE."""
    kept = case((_is_over(limits), 0), else_=1)
    # A car of merged files is one: nothing of it goes while any order of it is to be kept.
    file = func.coalesce(car_files.c.file_id, job_keys.c.key_id)
    merged = and_(
        car_files.c.shop_id == job_keys.c.shop_id, car_files.c.key_id == job_keys.c.key_id
    )
    same = and_(job_index.c.shop_id == job_keys.c.shop_id, job_index.c.job_id == job_keys.c.job_id)
    return (
        select(file.label("key_id"), func.min(job_keys.c.job_id).label("job_id"))
        .select_from(job_keys.outerjoin(job_index, same).outerjoin(car_files, merged))
        .where(job_keys.c.shop_id == shop_id)
        .group_by(file)
        .having(func.sum(kept) == 0)
        .order_by(file)
        .limit(MOST_AT_ONCE)
    )


def _is_over(limits: dict[str, datetime]) -> ColumnElement[bool]:
    of_kind = (
        and_(job_index.c.kind == kind, job_index.c.closed_at < limit)
        for kind, limit in limits.items()
    )
    return or_(*of_kind)
