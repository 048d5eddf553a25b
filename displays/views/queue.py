"""The customers' screen at reception: whose turn it is, and how long the others wait, about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from board.core.job import Flag, Job
from board.core.reception import waits
from board.core.shop import Shop
from displays.views.lounge import plate_mask
from displays.views.parts import JobMemory, Made, View
from displays.views.queue_views import QueueCallView, QueueFootView, QueueRowsView, QueueRowView
from displays.views.reception_line import ReceptionLine, Wait

CALLED_SHOWN = 3
ROWS_BESIDE_PANEL, ROWS_ALONE = 5, 7


@dataclass(frozen=True, slots=True)
class _Seen:
    """A waiting car without its place. `came` and `called` in epoch seconds."""

    row: QueueRowView
    came: float
    called: float


class QueueProjection:
    """Regions of the screen for one shop, from change to change."""

    def __init__(self) -> None:
        self._line = ReceptionLine()
        self._memory = JobMemory(_seen, self._told)
        self._cars: dict[str, _Seen] = {}
        self._is_in_order = False
        self._waits: Mapping[str, Wait] = {}
        self._views: Mapping[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Every region by id. While nothing changes the same views come back."""
        self._memory.look(shop, now)
        waits = self._line.look(shop, now)
        foot = QueueFootView(shop.settings.name, sum(not one.called for one in waits.values()))
        if not self._is_in_order or waits is not self._waits or self._views["foot"] != foot:
            self._waits, self._is_in_order = waits, True
            self._views = self._kept(self._made(foot))
        return self._views

    def _told(self, job_id: str, before: _Seen | None, after: _Seen | None) -> None:
        self._is_in_order = self._is_in_order and before is after
        if after is None:
            self._cars.pop(job_id, None)
        else:
            self._cars[job_id] = after

    def _made(self, foot: QueueFootView) -> dict[str, View]:
        called = [job for job, one in self._cars.items() if one.called and job in self._waits]
        called.sort(key=lambda job: (-self._cars[job].called, self._cars[job].row.ticket))
        told = called[:CALLED_SHOWN]
        rows = self._rows(told)
        fit = ROWS_BESIDE_PANEL if told else ROWS_ALONE
        return {
            "call": QueueCallView(tuple(self._cars[job].row for job in told)),
            "order-tickets": QueueRowsView(tuple(rows), fit),
            **rows,
            "foot": foot,
        }

    def _rows(self, told: list[str]) -> dict[str, View]:
        """Those in line as their turn comes, then those who did not come when called."""
        passed = (job for job in self._cars if job not in self._waits)
        late = sorted(passed, key=lambda job: (self._cars[job].came, job))
        rows: dict[str, View] = {}
        for job in (*self._waits, *late):
            if job in self._cars and job not in told:
                seen = self._cars[job].row
                rows[_key(seen.ticket, rows)] = replace(seen, wait=self._waits.get(job))
        return rows

    def _kept(self, views: dict[str, View]) -> dict[str, View]:
        """The views, the old object where it says the same."""
        old = self._views
        return {key: old[key] if old.get(key) == view else view for key, view in views.items()}


def _key(ticket: str, taken: Mapping[str, View]) -> str:
    """A region's id. Yesterday's A17 may still wait: the second one's id gets a mark."""
    key = f"ticket-{ticket}"
    while key in taken:
        key += "-"
    return key


def _seen(shop: Shop, job: Job, now: datetime) -> Made[_Seen | None]:
    if not waits(job) or not job.ticket or Flag.lounge_opt_out in job.flags:
        return None, None
    row = QueueRowView(job.ticket, plate_mask(job.car.plate))
    came = (job.arrived_at or job.opened_at).timestamp()
    return _Seen(row, came, job.called_at.timestamp() if job.called_at else 0.0), None
