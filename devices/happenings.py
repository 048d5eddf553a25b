"""What follows from a plate, a press and a badge: what the desk is asked, once each.

Knows no messages; only what the shop has written down is acted on.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from board.core.commands import CallHelp, ShowBadge
from board.core.refusals import Refused
from devices.alarms import Alarm, Trouble
from devices.asking import Asker, id_of, proposal_of
from devices.badges import MARK_SIGNS, Reader, mark_of
from devices.bindings import Bindings
from devices.buttons import Button
from devices.early import Early
from devices.gates import Gates
from devices.insisting import Insisting
from devices.intake_counters import IntakeCounters
from devices.readings import Event, EventKind
from devices.redaction import tail
from devices.shadow import Deed, Shadows, WouldBe

MOST_TOLD = 50


class Happenings:
    """One happening after the other."""

    def __init__(
        self, desk: Insisting, counters: IntakeCounters, key: bytes, shadows: Shadows
    ) -> None:
        """`key`: the site's, for the marks of badges; empty where no badge may be used.

        `shadows` is told what devices in shadow would have asked.
        """
        self._desk = desk
        self._counters = counters
        self.key = key
        self._shadows = shadows
        self._early = Early()
        self._told: dict[str, Alarm] = {}

    @property
    def told(self) -> tuple[Alarm, ...]:
        """The last showing of a badge at each reader that did nothing."""
        return tuple(self._told.values())

    def follow(self, bindings: Bindings) -> None:
        """Tell no more of a badge that somebody holds now, nor of a reader that was taken off."""
        readers = {one.device for one in bindings.readers if not one.shadow}
        for device, said in list(self._told.items()):
            is_held = said.trouble is Trouble.badge_unknown and said.mark in bindings.holders
            if is_held or device not in readers:
                del self._told[device]

    async def take(self, seen: Event, bindings: Bindings) -> None:
        """Ask what follows from it, until the desk has answered."""
        self._counters.events += 1
        if seen.kind is EventKind.plate:
            await self._read(seen, bindings.gates)
        elif not await self._act(seen, bindings):
            self._early.keep(seen)

    async def take_early(
        self, ids: Mapping[tuple[str, str], str], now: datetime, bindings: Bindings
    ) -> None:
        """The same for what came before the names of their devices were known."""
        for seen in self._early.named(ids, now):
            await self._act(seen, bindings)

    async def _act(self, seen: Event, bindings: Bindings) -> bool:
        """Whether it is one of a device that the shop has written down."""
        at = (seen.device, seen.channel)
        if seen.kind is EventKind.press and (button := bindings.button_at.get(at)):
            await self._press(button, seen)
            return True
        if seen.kind is EventKind.badge and (reader := bindings.reader_at.get(at)):
            await self._show(reader, seen, bindings.holders)
            return True
        return False

    async def _read(self, seen: Event, gates: Gates) -> None:
        if seen.device in gates.shadowed:
            self._would(Deed.plate, gates.shadowed[seen.device], seen, tail(seen.value), "")
            return
        answer = await self._desk.ask(*proposal_of(seen, gates), Asker(seen.device))
        self._counters.plates += answer is not None

    async def _press(self, button: Button, seen: Event) -> None:
        self._counters.presses_unknown += not button.knows(seen.value)
        call = button.call(seen.value)
        if call is not None and button.shadow:
            self._would(Deed.call, button.place, seen, call.kind, seen.value)
        elif call is not None:
            self._counters.calls += await self._call(call, seen)

    async def _call(self, call: CallHelp, press: Event) -> bool:
        """A number that moved while we listened is a new press, also when it was used before."""
        asker = Asker(press.device)
        answer = await self._desk.ask(call, id_of(press), asker)
        if press.is_new and getattr(answer, "repeated", False):
            again = f"{id_of(press)}:{press.received_at.isoformat()}"
            answer = await self._desk.ask(call, again, asker)
        return answer is not None

    async def _show(self, reader: Reader, seen: Event, holders: Mapping[str, str]) -> None:
        mark = mark_of(self.key, seen.value)[:MARK_SIGNS] if self.key else ""
        said = Alarm(
            Trouble.badge_unknown, seen.device, bay=reader.bay, at=seen.received_at, mark=mark
        )
        person = holders.get(mark)
        if reader.shadow:
            self._would(Deed.badge, reader.bay, seen, person or "", mark)
            return
        if person is None:
            self._counters.badges_unknown += 1
            self._tell(said)
            return
        showing = f"badge:{mark_of(self.key, seen.key)[:32]}"
        command = ShowBadge(bay=reader.bay)
        answer = await self._desk.ask(command, showing, Asker(seen.device, person))
        self._counters.badges += answer is not None
        if isinstance(answer, Refused):
            self._counters.badges_refused += 1
            self._tell(_refused(said, person, answer))
        else:
            self._told.pop(reader.device, None)

    def _would(self, deed: Deed, place: str, seen: Event, value: str, detail: str) -> None:
        self._shadows.note(WouldBe(seen.received_at, deed, place, seen.device, value, detail))

    def _tell(self, said: Alarm) -> None:
        self._told.pop(said.device, None)
        if len(self._told) >= MOST_TOLD:
            del self._told[next(iter(self._told))]
        self._told[said.device] = said


def _refused(said: Alarm, person: str, answer: Refused) -> Alarm:
    params = tuple((key, str(value)) for key, value in answer.params.items())
    return replace(
        said,
        trouble=Trouble.badge_refused,
        person=person,
        why=str(answer),
        refused=answer.code,
        params=params,
    )
