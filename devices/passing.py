"""What goes through the gates: edges of their sensors, told to the desk once each.

Only a change that was heard live is one; a replay, a silence and a device's return are none.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from board.core.commands import PassGate
from devices.asking import Asker
from devices.gates import Gate, Gates
from devices.insisting import Insisting
from devices.intake_counters import IntakeCounters
from devices.placed import Key
from devices.readings import Alive, Availability, Capability, Quality, State
from devices.shadow import Deed, Shadows, WouldBe

ONE_PASSAGE = timedelta(seconds=10)
"""A door that swings and a loop that sees both axles tell of one car."""
ON_ITS_WAY = timedelta(minutes=2)
"""A motor's gate tells that it moves before it is open: so long it is the one that was shut."""


@dataclass(slots=True)
class Passing:
    """One reading after the other."""

    desk: Insisting
    counters: IntakeCounters
    shadows: Shadows
    _open: dict[Key, bool] = field(default_factory=dict)
    _moving: dict[Key, datetime] = field(default_factory=dict)
    _passed: dict[str, datetime] = field(default_factory=dict)

    async def take(self, seen: State | Availability, gates: Gates) -> None:
        """Tell the desk what goes through, until it has answered."""
        if isinstance(seen, Availability):
            # What sleeps wakes by the very change that counts here.
            if seen.alive not in (Alive.online, Alive.sleeping):
                self._forget(seen.device)
            return
        gate = gates.by_key.get((seen.device, seen.channel))
        if gate is not None and self._opens(gate, seen) and self._is_next(gate, seen):
            await self._tell(gate, seen, gate.name in gates.blind)

    def _opens(self, gate: Gate, seen: State) -> bool:
        """Whether it was known to be shut and is heard to be open."""
        if not isinstance(seen.value, bool) or seen.quality is not Quality.good:
            self._lose(gate.key, seen)
            return False
        since = self._moving.pop(gate.key, seen.received_at)
        if seen.received_at - since > ON_ITS_WAY:
            self._open.pop(gate.key, None)
        before, now = self._open.get(gate.key), gate.is_open(seen.value)
        self._open[gate.key] = now
        return before is False and now and not seen.retained

    def _lose(self, key: Key, seen: State) -> None:
        """A door that is neither may be on its way; of all else nothing is known any more."""
        if seen.capability is Capability.door and seen.quality is Quality.unknown:
            self._moving.setdefault(key, seen.received_at)
        else:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        self._open.pop(key, None)
        self._moving.pop(key, None)

    def _is_next(self, gate: Gate, seen: State) -> bool:
        last = self._passed.get(gate.name)
        self._passed[gate.name] = seen.received_at
        return last is None or abs(seen.received_at - last) >= ONE_PASSAGE

    async def _tell(self, gate: Gate, seen: State, blind: bool) -> None:
        at = seen.received_at
        if gate.shadow:
            self.shadows.note(WouldBe(at, Deed.passage, gate.name, seen.device, ""))
            return
        command = PassGate(gate=gate.name, at=at, device=seen.device, blind=blind)
        told = f"gate:{gate.name}:{round(at.timestamp() * 1000)}"
        answer = await self.desk.ask(command, told, Asker(seen.device), f"gate {gate.name}")
        self.counters.gates_passed += answer is not None

    def _forget(self, device: str) -> None:
        """What happened while it was away nobody saw; of a bridge, all that it carries."""
        for key in [one for one in (*self._open, *self._moving) if one[0] == device]:
            self._drop(key)
