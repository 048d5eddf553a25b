"""`GET /api/v1/board` and `/api/v1/jobs/{id}`: the shop as programs read it, with its position."""

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.core.roles import Actor, Role
from board.core.workflow import BOARD_LANES
from board.desk import Desk
from board.web.checks import desk_of, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.event_feed import entry_json
from board.web.job_json import bay_json, call_json, job_json, person_json


@dataclass(frozen=True)
class StateApi:
    """The doors that show the state to programs and staff."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/v1/board", self.board, methods=["GET"]),
            Route("/api/v1/jobs/{job}", self.job, methods=["GET"]),
        ]

    async def board(self, request: Request) -> Response:
        """Open jobs, bays, technicians and open help calls, as of `seq` in `epoch`."""
        desk, actor = reader_of(self.doors, request)
        shop, now = desk.shop, desk.now()
        people = [person for person in shop.people.values() if not person.removed]
        return JSONResponse(
            {
                **position(desk),
                "lanes": list(BOARD_LANES),
                "jobs": [
                    job_json(job, shop, now, actor)
                    for job in shop.jobs.values()
                    if not job.is_closed
                ],
                "bays": [bay_json(bay, shop) for bay in shop.bays.values() if not bay.removed],
                "technicians": [
                    person_json(person, shop)
                    for person in people
                    if Role.technician in person.roles
                ],
                "calls": [call_json(call, shop) for call in shop.calls.values()],
            }
        )

    async def job(self, request: Request) -> Response:
        """One job with its history; of a job that left the board, the history alone."""
        desk, actor = reader_of(self.doors, request)
        job_id = request.path_params["job"]
        history = await asyncio.to_thread(desk.journal.history, desk.shop.id, job_id)
        job = desk.shop.jobs.get(job_id)
        if job is None and not history:
            raise Stopped(404, "unknown_job")
        current = job_json(job, desk.shop, desk.now(), actor) if job else None
        entries = [entry_json(entry, actor) for entry in history]
        return JSONResponse({**position(desk), "job": current, "history": entries})


def reader_of(doors: Doors, request: Request) -> tuple[Desk, Actor]:
    """Return the desk and who reads: staff, or a key with a role, who are told what theirs see."""
    signed = signed_of(request)
    if not signed.actor.roles:
        raise Stopped(403, "not_allowed")
    patient(doors, request)
    return desk_of(request), signed.actor


def position(desk: Desk) -> dict[str, object]:
    """Return where the journal stands."""
    return {"epoch": desk.epoch, "seq": desk.shop.seq}
