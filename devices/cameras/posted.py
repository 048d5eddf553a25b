"""The plates that cameras post, as proposals to the desk of their shop.

Any process may hear a camera: what came twice is one by the id of its command. Knows no HTTP.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from board.core.refusals import Refused
from devices.asking import Asker, actor_of, proposal_of
from devices.cameras.reading import PlateCameras
from devices.gates import NO_GATES, Gates
from devices.hall_needs import TakesCommands
from devices.once import Heard, first_time
from devices.quarantine import Quarantine
from devices.readings import Event, Malformed, Observation
from devices.redaction import tail
from devices.shadow import Deed, WouldBe
from devices.shop_files import BINDINGS, GatesFile

LOG = logging.getLogger(__name__)
AT_HAND_BYTES = 64 * 1024
"""Larger bodies are read beside the loop."""


@dataclass(slots=True)
class PostedPlates:
    """All cameras of all shops that speak to this process; `folder` has the file that says at
    which gates those of the shop `home` stand. `would` is told what those in shadow have read.
    """

    desk_of: Callable[[str], TakesCommands | None]
    clock: Callable[[], datetime]
    folder: Path | None = None
    home: str = ""
    would: Callable[[WouldBe], None] = lambda one: None
    quarantine: Quarantine = field(default_factory=Quarantine)
    _gates: GatesFile | None = None
    _heard: dict[str, Heard] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is not None:
            self._gates = GatesFile(self.folder / BINDINGS)

    @property
    def counters(self) -> Mapping[str, float]:
        """Numbers since the start, by name, for the metrics page."""
        names = ("bodies", "malformed", "plates", "refused", "shadowed")
        return {f"cameras_{name}": float(self._counts.get(name, 0)) for name in names}

    async def hear(self, shop_id: str, camera: str, kind: str, body: bytes) -> bool:
        """Propose what one body says; False if it could not be read and was set aside.

        `camera`: the name of its key, which the journal keeps beside what it calls itself.

        Raises what the desk raises when it cannot write: then nothing was heard, and the camera
        may send it again.
        """
        self._count("bodies")
        found = await self._read(camera, kind, body)
        desk = self.desk_of(shop_id)
        if desk is None or any(isinstance(one, Malformed) for one in found):
            self._set_aside(found, kind, body)
            return False
        heard = self._heard.get(shop_id, Heard())
        for one in found:
            heard, is_new = first_time(heard, one)
            if isinstance(one, Event) and is_new:
                await self._propose(desk, one, camera, self._gates_of(shop_id))
        # Several bodies are heard at once: the memory of now is what they all go into.
        now = self._heard.get(shop_id, Heard())
        for one in found:
            now, _ = first_time(now, one)
        self._heard[shop_id] = now
        return True

    def forget_suspects(self) -> None:
        """Drop what could not be read, because a car was erased."""
        self.quarantine.forget()

    async def _read(self, camera: str, kind: str, body: bytes) -> Sequence[Observation]:
        adapter, now = PlateCameras(camera), self.clock()
        if len(body) <= AT_HAND_BYTES:
            return adapter.parse(kind, body, False, now)
        return await asyncio.to_thread(adapter.parse, kind, body, False, now)

    def _gates_of(self, shop_id: str) -> Gates:
        return self._gates.now() if self._gates and shop_id == self.home else NO_GATES

    async def _propose(self, desk: TakesCommands, read: Event, camera: str, gates: Gates) -> None:
        for one in (read.device, f"alpr:{camera}"):
            if one in gates.shadowed:
                self._count("shadowed")
                place, end = gates.shadowed[one], tail(read.value)
                self.would(WouldBe(read.received_at, Deed.plate, place, one, end))
                return
        command, command_id = proposal_of(read, gates, camera)
        actor = replace(actor_of(Asker(command.device), {}), via=f"http {camera}")
        answer = await desk.handle(command, actor, command_id)
        self._count("plates")
        if isinstance(answer, Refused):
            self._count("refused")
            told = "A plate that %r read, sent with the key %r, was refused: %s"
            LOG.warning(told, read.device, camera, answer.code)

    def _set_aside(self, found: Sequence[Observation], kind: str, body: bytes) -> None:
        for one in found:
            if isinstance(one, Malformed):
                self._count("malformed")
                now = self.clock()
                if self.quarantine.add(one.device, kind, body, one.reason, now):
                    LOG.warning("Unreadable body from camera %r: %s", one.device, one.reason)

    def _count(self, name: str) -> None:
        self._counts[name] = self._counts.get(name, 0) + 1
