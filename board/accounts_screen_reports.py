"""What each screen said last of itself, where every process can read it.

The text itself is the displays' matter; nothing here is needed by a replay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, select

from board.database import reading, upsert, writing
from board.tables_of_access import screen_reports


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report as it was kept, and when it was heard (real time)."""

    at: datetime
    body: str


class ScreenReports:
    """The last report of every screen. Every call waits for the disk: use a thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, reports: Mapping[tuple[str, str], KeptReport]) -> None:
        """Keep what was heard, by (shop id, screen id), in place of what they said before."""
        rows = [
            {"shop_id": shop, "screen_id": screen, "at": report.at, "body": report.body}
            for (shop, screen), report in sorted(reports.items())
        ]
        with writing(self._engine) as connection:
            if rows:
                connection.execute(upsert(connection, screen_reports, "at"), rows)

    def forget(self, shop_id: str, screen: str) -> None:
        """Drop what one screen said."""
        here = (screen_reports.c.shop_id == shop_id) & (screen_reports.c.screen_id == screen)
        with writing(self._engine) as connection:
            connection.execute(delete(screen_reports).where(here))

    def of_shop(self, shop_id: str) -> dict[str, KeptReport]:
        """The last report of each screen of a shop, by screen id."""
        query = select(screen_reports).where(screen_reports.c.shop_id == shop_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return {row.screen_id: KeptReport(row.at, row.body) for row in rows}
