"""`POST /admin/devices/try`: what a message of a device would mean; nothing follows from it."""

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from board.web.body import read_form
from board.web.checks import desk_of, keeper_of, one, own_form, patient
from board.web.doors import Doors

LONGEST = 8000


@dataclass(frozen=True)
class DevicesDoor:
    """The door of those who look after the devices."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/admin/devices/try", self.rehearse, methods=["POST"])]

    async def rehearse(self, request: Request) -> Response:
        """Fields: `topic`, `payload`, `retained` (any text: as the broker repeats it)."""
        keeper_of(request)
        desk = desk_of(request)
        fields = await read_form(request)
        own_form(request, fields)
        patient(self.doors, request)
        asked = {name: one(fields, name)[:LONGEST] for name in ("topic", "payload", "retained")}
        question = json.dumps({"what": "rehearsal", **asked}).encode()
        said = await self.doors.devices(desk.shop.id, question)
        html = self.doors.render(
            "admin/device_try_answer.html",
            request.state.language,
            found=(json.loads(said) if said else {}).get("rehearsal"),
            names={key: bay.name for key, bay in desk.shop.bays.items()}
            | {key: person.name for key, person in desk.shop.people.items()},
        )
        return HTMLResponse(html, headers={"Cache-Control": "no-store"})
