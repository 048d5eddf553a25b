"""`GET /api/v1/holds/pareto?day=`: what the cars of a day waited for, by reason."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.core.days import business_day
from board.core.hold_times import Waited, stretch_of
from board.core.who_sees import sees_waiting_times
from board.desk import Desk
from board.web.checks import desk_of, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped

_MOST_YEARS = 100


@dataclass(frozen=True)
class HoldsApi:
    """The door of the waiting times."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/api/v1/holds/pareto", self.pareto, methods=["GET"])]

    async def pareto(self, request: Request) -> Response:
        """Minutes, holds and jobs by reason, the longest wait first; open holds until now.

        For controllers and managers. Without `day` the present business day; breaks are told, but
        are no part of the sum.
        """
        signed, desk = signed_of(request), desk_of(request)
        if not sees_waiting_times(signed.actor):
            raise Stopped(403, "not_allowed")
        patient(self.doors, request)
        day = _day(request, desk)
        within = stretch_of(day, desk.shop.settings, desk.now())
        found = await asyncio.to_thread(desk.journal.jobs.waits, desk.shop.id, within)
        return JSONResponse(
            {
                "day": day.isoformat(),
                "from": within.begins.astimezone(UTC).isoformat(),
                "until": within.until.astimezone(UTC).isoformat(),
                "minutes": sum(one.seconds // 60 for one in found if not one.is_break),
                "reasons": [_told(one) for one in found],
            }
        )


def _day(request: Request, desk: Desk) -> date:
    text, today = request.query_params.get("day", ""), business_day(desk.now(), desk.shop.settings)
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise Stopped(422, "day_wrong", fields=("day",)) from None
    # The calendar ends somewhere, and a day's bounds lie on either side of it.
    if abs(day.year - today.year) > _MOST_YEARS:
        raise Stopped(422, "day_wrong", fields=("day",))
    return day


def _told(one: Waited) -> dict[str, object]:
    return {
        "reason": one.reason,
        "owner": one.owner,
        "minutes": one.seconds // 60,
        "holds": one.holds,
        "jobs": one.jobs,
        "counts": not one.is_break,
    }
