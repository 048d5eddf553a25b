"""Pages ask about devices: whoever listens to them answers, be it another process. What pages
change is written here.

A part of the wiring; knows nothing of how the parts are made.
"""

import asyncio
import json
import logging
import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from board.clock import real_now
from board.core.device_deeds import DeviceDeed
from board.core.refusals import Refused
from board.desk import Desk
from board.inquiries import Inquiries
from board.journal import JournalUnavailable
from devices.hall import SensorHall
from devices.hall_files import HallSettings, hall_settings
from devices.provisioning import Provisioning
from settings import Settings

LOG = logging.getLogger("baylight")
OFF, SILENT, ELSEWHERE = (f'{{"state":"{one}"}}'.encode() for one in ("off", "silent", "elsewhere"))
LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 3.0
KEPT_SECONDS = 30.0
FILE = b'{"what": "file"}'


class AskingDevices:
    """Asks the hall of this process, or by way of the database that of the one that listens."""

    def __init__(
        self,
        shop_id: str,
        hall: SensorHall,
        inquiries: Inquiries | None,
        now: Callable[[], datetime],
        provisioning: Provisioning | None = None,
    ) -> None:
        """`shop_id`: the shop whose devices are heard; `inquiries`: None where this process is the
        only one; `now`: the real time; `provisioning`: the file of bindings, which every process
        reads and writes itself.
        """
        self._provisioning = provisioning
        self._shop_id = shop_id
        self._hall = hall
        self._inquiries = inquiries
        self._now = now

    async def ask(self, shop_id: str, question: bytes) -> bytes:
        """The answer as JSON; or why there is none."""
        if not self._hall.wanted:
            return OFF
        if shop_id != self._shop_id:
            return ELSEWHERE
        if question == FILE and self._provisioning is not None:
            return await asyncio.to_thread(_file, self._provisioning)
        answer = self._hall.answer(question)
        if answer is None and self._inquiries is not None:
            answer = await self._ask_others(self._inquiries, question.decode())
        return answer or SILENT

    async def _ask_others(self, inquiries: Inquiries, question: str) -> bytes | None:
        await asyncio.to_thread(inquiries.ask, self._shop_id, question, self._now())
        until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(LOOK_SECONDS)
            found = await asyncio.to_thread(inquiries.answer_to, self._shop_id, question)
            if found is not None:
                return found.encode()
        return None

    async def run(self) -> None:
        """While this process listens, answer what others ask; until cancelled."""
        swept_at = -math.inf
        while self._inquiries is not None:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self._hall.listens:
                    await self._answer(self._inquiries)
                    swept_at = await self._swept(self._inquiries, swept_at)
            except JournalUnavailable as error:
                LOG.warning("questions about devices wait: %s", error.sentence)
            except Exception:
                LOG.exception("questions about devices could not be answered")

    async def _answer(self, inquiries: Inquiries) -> None:
        for question in await asyncio.to_thread(inquiries.open, self._shop_id):
            said = (self._shop_id, question, self._answer_to(question))
            await asyncio.to_thread(inquiries.answer, *said)

    async def _swept(self, inquiries: Inquiries, last: float) -> float:
        """What devices said is not to lie about, also where nobody asks any more."""
        now = asyncio.get_running_loop().time()
        if now - last < KEPT_SECONDS:
            return last
        before = self._now() - timedelta(seconds=KEPT_SECONDS)
        await asyncio.to_thread(inquiries.forget, self._shop_id, before)
        return now

    def _answer_to(self, question: str) -> str:
        """One that cannot be answered must not keep the others waiting."""
        try:
            return (self._hall.answer(question.encode()) or SILENT).decode()
        except Exception:
            LOG.exception("a question about devices could not be answered")
            return SILENT.decode()

    def act(self, shop_id: str, deed: DeviceDeed, form: Mapping[str, str]) -> Refused | None:
        """Change the file of bindings as a form asks; what people can mend comes back."""
        if self._provisioning is None or shop_id != self._shop_id:
            return Refused("devices_off")
        return self._provisioning.act(deed, form)


def _file(provisioning: Provisioning) -> bytes:
    return json.dumps({"file": provisioning.shown()}).encode()


def asking_devices(
    settings: Settings, desk: Desk, hall: SensorHall, inquiries: Inquiries | None
) -> AskingDevices:
    """Asks about the devices of the shop of `desk`, and changes the file of its bindings."""
    files = hall_of(settings, "", b"")
    hung = Provisioning(files.bindings, files.profiles, lambda: desk.shop) if files else None
    return AskingDevices(desk.shop.id, hall, inquiries, real_now, hung)


def hall_of(settings: Settings, slug: str, badge_key: bytes) -> HallSettings | None:
    """What the sensors of the shop with this short name need; None for a program without any."""
    if not settings.sensors:
        return None
    return hall_settings(settings.data, slug, settings.mqtt, badge_key)
