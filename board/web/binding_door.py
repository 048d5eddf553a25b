"""What managers and controllers change of what hangs where: forms to the file of bindings."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.core.device_deeds import LISTEN_SECONDS, USUAL_LISTEN_SECONDS, DeviceDeed
from board.core.refusals import Refused
from board.desk import Desk
from board.web.access import note
from board.web.checks import form_of, keeper_of, one
from board.web.commands import status_of
from board.web.doors import Doors
from board.web.errors import error_body, refusal, wants_json
from board.web.pages import went
from board.web.refusal_text import refusal_text

PAGE = "/admin/devices"
LONGEST_VALUE = 200
FAMILY_NOTES = {
    DeviceDeed.open: "device_family_opened",
    DeviceDeed.close: "device_family_closed",
}
SENTENCES = {"trial": "This is a trial of the announcements."}
"""What an announcer says to be tried, in the shop's language."""


@dataclass(frozen=True)
class BindingDoor:
    """The doors of those who bind devices."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"{PAGE}/listen", self.listen, methods=["POST"]),
            Route(f"{PAGE}/measure", self.measure, methods=["POST"]),
            Route(f"{PAGE}/light", self.light, methods=["POST"]),
            *(Route(f"{PAGE}/{deed.value}", self.change, methods=["POST"]) for deed in DeviceDeed),
        ]

    async def listen(self, request: Request) -> Response:
        """`POST /admin/devices/listen`: seconds; from now on the page tells which row reacts."""
        _, desk, fields = await form_of(request, self.doors, keeper_of(request))
        said = one(fields, "seconds")
        is_offered = said in {str(one) for one in LISTEN_SECONDS}
        seconds = said if is_offered else str(USUAL_LISTEN_SECONDS)
        begun = {"since": _exact(desk.now()), "seconds": seconds}
        return went(request, f"{PAGE}/listen?{urlencode(begun)}")

    async def measure(self, request: Request) -> Response:
        """`POST /admin/devices/measure`: device, channel, step; from now on the page shows what
        the sonar measures. `empty`: what was captured in the step before.
        """
        _, desk, fields = await form_of(request, self.doors, keeper_of(request))
        named = ("device", "channel", "step", "empty")
        said = {name: one(fields, name)[:LONGEST_VALUE] for name in named}
        begun = {**said, "since": _exact(desk.now())}
        return went(request, f"{PAGE}/calibrate?{urlencode(begun)}")

    async def light(self, request: Request) -> Response:
        """`POST /admin/devices/light`: device, channel of a bound output, which is switched for
        some seconds, sounds, or speaks. The page of the device shows whether it proves that.
        """
        signed, desk, fields = await form_of(request, self.doors, keeper_of(request))
        device, channel = (one(fields, name)[:LONGEST_VALUE] for name in ("device", "channel"))
        language = desk.shop.settings.language
        sentence = SENTENCES["trial"]
        text = self.doors.languages.translations(language).gettext(sentence)
        about = {"id": device, "channel": channel, "text": text, "language": language}
        question = json.dumps({"what": "light", **about, "at": _exact(self.doors.clock())})
        said = await self.doors.devices(desk.shop.id, question.encode())
        told = json.loads(said).get("light") if said else None
        if not told or not told["known"]:
            return _answered(request, Refused("lamp_not_known", fields=("device",)), desk)
        await note(desk, signed.actor, "device_light", f"{device} {channel}")
        return went(request, f"{PAGE}/bind?{urlencode({'device': device})}")

    async def change(self, request: Request) -> Response:
        """`POST /admin/devices/{deed}`: the fields of the table, and the stamp of what was shown.

        Back to the device, or 409 with one sentence and the field it means.
        """
        signed, desk, fields = await form_of(request, self.doors, keeper_of(request))
        form = {name: one(fields, name)[:LONGEST_VALUE] for name in fields}
        deed = DeviceDeed(request.url.path.rpartition("/")[2])
        refused = await asyncio.to_thread(self.doors.bind, desk.shop.id, deed, form)
        if refused is not None:
            return _answered(request, refused, desk)
        if deed in FAMILY_NOTES:
            await note(desk, signed.actor, FAMILY_NOTES[deed], form.get("name", ""))
            return went(request, f"{PAGE}/listen")
        device = form.get("by" if deed is DeviceDeed.replace else "device", "")
        await note(
            desk,
            signed.actor,
            f"device_{deed.value}",
            device or form.get("name") or form.get("mark", ""),
        )
        return went(request, _page_after(deed, form, device))


def _page_after(deed: DeviceDeed, form: Mapping[str, str], device: str) -> str:
    """Where what was changed is seen: a gate among the gates, a badge among the badges, all else at
    its device.
    """
    if deed in (DeviceDeed.hold, DeviceDeed.release):
        return f"{PAGE}/badges"
    if deed is DeviceDeed.gate or form.get("kind") == "gate":
        return f"{PAGE}/gates"
    return f"{PAGE}/bind?{urlencode({'device': device})}"


def _exact(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds")


def _answered(request: Request, refused: Refused, desk: Desk) -> Response:
    sentence = refusal_text(refused, desk.shop, request.state.speak)
    if wants_json(request.scope):
        body = error_body(refused.code, sentence, dict.fromkeys(refused.fields, sentence))
        return JSONResponse(body, status_of(refused))
    return refusal(request.scope, status_of(refused), refused.code, sentence, refused.fields)
