"""The hall as it really is: which car stands where, whatever board and sensors say."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from simulator.plan import Misreading, Oddity


@dataclass(slots=True)
class Hall:
    """Cars by bay, what devices have not told yet (plates at the gate, presses of buttons by bay,
    whose badge is shown), and which sensor misleads when. `moved` is set whenever something is to
    be told; `has_devices`: whether anybody tells, `has_badges`: whether the shop knows whose they
    are.
    """

    standing: dict[str, str] = field(default_factory=dict)
    at_gate: list[str] = field(default_factory=list)
    pressed: list[tuple[str, str]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    has_devices: bool = False
    has_badges: bool = False
    misreadings: list[Misreading] = field(default_factory=list)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def pass_gate(self, plate: str) -> None:
        """A car comes in from the road."""
        self.at_gate.append(plate)
        self.moved.set()

    def press(self, bay: str, word: str) -> None:
        """Somebody presses the button of a bay."""
        self.pressed.append((bay, word))
        self.moved.set()

    def show_badge(self, person: str) -> None:
        """Somebody holds a badge before the reader."""
        self.shown.append(person)
        self.moved.set()

    def drive_in(self, bay: str, plate: str) -> None:
        """A car rolls into a bay."""
        self.drive_out(plate)
        self.standing[bay] = plate
        self.moved.set()

    def drive_out(self, plate: str) -> None:
        """A car leaves whatever bay it stands in."""
        for bay in [bay for bay, car in self.standing.items() if car == plate]:
            del self.standing[bay]
        self.moved.set()

    def seen(self, bay: str, now: datetime) -> bool | None:
        """What the bay's sensor says now; None while it is silent."""
        truth = bay in self.standing
        for wrong in self.misreadings:
            if wrong.bay == bay and wrong.at <= now < wrong.until:
                return {Oddity.silent: None, Oddity.ghost: True, Oddity.missed: False}[wrong.oddity]
        return truth


@dataclass(frozen=True, slots=True)
class Claim:
    """A bay and a technician that somebody has for a while."""

    bay: str
    technician: str


NOTHING = Claim("", "")
Choice = Callable[[set[str], set[str]], Claim | None]


class Floor:
    """Bays and technicians: taken by one visit at a time and given back."""

    def __init__(self, bays: Iterable[str], technicians: Iterable[str]) -> None:
        self._bays, self._people = frozenset(bays), frozenset(technicians)
        self.free_bays, self.free_people = set(self._bays), set(self._people)
        self._changed = asyncio.Condition()

    async def take(self, choose: Choice, held: Claim = NOTHING) -> Claim:
        """Wait until `choose` finds a pair among the free ones and those `held` already.

        It is taken then; what was held and is not in it is free.
        """
        async with self._changed:
            while (claim := self._chosen(choose, held)) is None:
                await self._changed.wait()
            self._free(held)
            self.free_bays.discard(claim.bay)
            self.free_people.discard(claim.technician)
            self._changed.notify_all()
            return claim

    async def spare(self, choose: Callable[[set[str]], str]) -> str:
        """Take whom `choose` names among those who are free right now; '' for nobody."""
        async with self._changed:
            technician = choose(self.free_people)
            self.free_people.discard(technician)
            return technician

    def _chosen(self, choose: Choice, held: Claim) -> Claim | None:
        bays, people = {held.bay} - {""}, {held.technician} - {""}
        return choose(self.free_bays | bays, self.free_people | people)

    def _free(self, claim: Claim) -> None:
        self.free_bays.update({claim.bay} - {""})
        self.free_people.update({claim.technician} - {""})

    @property
    def taken(self) -> frozenset[str]:
        """Bays and technicians that some visit has now."""
        return (self._bays - self.free_bays) | (self._people - self.free_people)

    async def give_back(self, *, bay: str = "", technician: str = "") -> None:
        """What is named is free for the next one."""
        async with self._changed:
            self._free(Claim(bay, technician))
            self._changed.notify_all()
