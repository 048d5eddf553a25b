"""Comebacks: a car that is here again because of an earlier order, and when that is likely.

Knows what it is told of earlier visits; where they are looked up is another's matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

WITHIN = timedelta(days=30)
WITHIN_KM = 1000


@dataclass(frozen=True, slots=True)
class Comeback:
    """The earlier order a job comes back to: its number, who worked on it and who passed it."""

    number: str
    order: str = ""
    technicians: tuple[str, ...] = ()
    inspector: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A delivered order as far as it is known. `mileage` in km, None when it was not read."""

    job: str
    number: str
    delivered_at: datetime
    plate: str
    vin: str = ""
    mileage: int | None = None
    technicians: tuple[str, ...] = ()
    inspector: str = ""

    @property
    def comeback(self) -> Comeback:
        """The link that a new order to it would have."""
        return Comeback(self.number, self.job, self.technicians, self.inspector)


def likely_comebacks(
    plate: str, vin: str, mileage: int | None, arrived: datetime, visits: Iterable[Visit]
) -> tuple[Visit, ...]:
    """The earlier visits of this car within 30 days or 1,000 km, the newest first.

    A VIN says more than a plate, which may have gone to another car.
    """
    near = [
        visit
        for visit in visits
        if _is_same(plate, vin, visit)
        and visit.delivered_at <= arrived
        and (arrived - visit.delivered_at <= WITHIN or _is_few_km(visit.mileage, mileage))
    ]
    return tuple(sorted(near, key=lambda visit: (visit.delivered_at, visit.job), reverse=True))


def _is_same(plate: str, vin: str, visit: Visit) -> bool:
    if vin and visit.vin:
        return vin == visit.vin
    return plate != "" and plate == visit.plate


def _is_few_km(before: int | None, now: int | None) -> bool:
    return before is not None and now is not None and 0 <= now - before <= WITHIN_KM
