"""What tablets say of themselves: which way they were opened, on what, how much they keep unsent.

It is for those who keep the screens to look at; nothing else depends on it.
"""

import asyncio
import json
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.accounts_screen_reports import KeptReport
from board.web.body import Fields, read_form
from board.web.checks import desk_of, one, own_form, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped

TABLET = "tablet:"
"""How the names of tablets begin among those of screens; a screen's has no colon."""

MOST_TABLETS = 200
LEVELS = ("plain", "https", "installed")
_DEVICE = re.compile(r"[0-9a-f]{16}")
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True)
class TabletsDoor:
    """The door at which tablets report. `MOST_TABLETS` of a shop are kept."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/tablet/device", self.report, methods=["POST"])]

    async def report(self, request: Request) -> Response:
        """`POST /tablet/device`: device, level, engine, width, height, build, unsent; 204."""
        signed, desk = signed_of(request), desk_of(request)
        patient(self.doors, request)
        fields = await read_form(request)
        own_form(request, fields)
        device, told = one(fields, "device"), _told(fields)
        if not _DEVICE.fullmatch(device) or told is None:
            raise Stopped(422, "malformed")
        body = json.dumps({**told, "person": signed.person_id})
        await asyncio.to_thread(self._keep, desk.shop.id, TABLET + device, body)
        return Response(status_code=204)

    def _keep(self, shop_id: str, device: str, body: str) -> None:
        reports = self.doors.accounts.reports
        told = reports.of_shop(shop_id)
        known = {key: told[key].at for key in told if key.startswith(TABLET)}
        # A browser that forgets its name comes back as another: the oldest makes room for it.
        if device not in known and len(known) >= MOST_TABLETS:
            reports.forget(shop_id, min(known, key=lambda key: known[key]))
        reports.keep({(shop_id, device): KeptReport(self.doors.clock(), body)})


def _told(fields: Fields) -> dict[str, object] | None:
    """The report as it is kept; None for what no page of ours sends."""
    level, build = one(fields, "level"), one(fields, "build")
    numbers = {name: one(fields, name) or "0" for name in ("engine", "width", "height", "unsent")}
    sound = all(_NUMBER.fullmatch(text) for text in numbers.values())
    if level not in LEVELS or not sound or len(build) > 40:
        return None
    return {"level": level, "build": build, **{name: int(text) for name, text in numbers.items()}}
