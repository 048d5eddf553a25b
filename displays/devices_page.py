"""The manager's pages of the devices: all of them by bay, what is wrong first, and one.

Nothing here is live by itself: the pages ask anew every two seconds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from board.core.days import local
from board.core.roles import Role
from board.core.shop import Shop
from displays.desk_pages import DeskPage, Looks, page_of
from displays.device_facts import SILENT, Answer, BaySaid, Device, read_answer
from displays.dialog_asks import Ask, Sheet
from displays.views.parts import N_

KEEPERS = frozenset({Role.controller})
STANDINGS = (
    "offline", "bad", "conflict", "stale", "unproved", "fought_over", "unknown", "good"
)  # fmt: skip
"""The worst first."""
GONE = "admin/device_gone.html"
"""Says that a device is not known."""
FINE = len(STANDINGS) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """A bay, a gate or a technician's place with what hangs there. `said`: what its sensors say
    together.

    `rank`: how bad the worst of it is, from 0; a low battery comes just before good.
    """

    id: str
    name: str
    said: BaySaid | None
    devices: tuple[Device, ...]
    rank: float
    is_gate: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether nobody has to look."""
        return self.rank >= FINE


def devices_page(_ask: Ask) -> Sheet:
    """Every device that was heard."""
    return page_of("admin/devices.html")


def device_page(_ask: Ask) -> Sheet:
    """One device."""
    return page_of("admin/device.html")


async def read_devices(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The places and what hangs there; the unbound ones."""
    answer = await asked(looks, ask, {"what": "list"})
    places = places_of(ask.shop, answer)
    return {"answer": answer, "places": places, "stamp": _stamp(ask), "names": names_of(ask.shop)}


async def read_device(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The device with the given id; None when nobody has heard of it."""
    answer = await asked(looks, ask, {"what": "device", "id": ask.given.get("device", "")})
    if answer.state == "listening" and answer.device is None:
        return None
    return {"answer": answer, "stamp": _stamp(ask), "names": names_of(ask.shop)}


async def asked(looks: Looks, ask: Ask, question: Mapping[str, str]) -> Answer:
    """What whoever listens to the devices of this shop answers."""
    if looks.devices is None:
        return SILENT
    body = await looks.devices(ask.shop.id, json.dumps(question).encode())
    return read_answer(body)


def places_of(shop: Shop, answer: Answer) -> list[Place]:
    """Where devices hang, what is wrong first, then bays in the shop's order, then by name."""
    if answer.list is None:
        return []
    said = {one.bay: one for one in answer.list.bays}
    hung: dict[tuple[str, str, str], list[Device]] = {}
    for device in answer.list.bound:
        for place in dict.fromkeys((one.bay, one.technician, one.gate) for one in device.hooks):
            hung.setdefault(place, []).append(device)
    names = names_of(shop)
    found = [
        Place(
            id=bay or person or gate,
            name=names.get(bay or person, bay or person or gate),
            said=said.get(bay),
            devices=tuple(sorted(devices, key=rank_of)),
            rank=min(rank_of(one) for one in devices),
            is_gate=gate != "",
        )
        for (bay, person, gate), devices in hung.items()
    ]
    turn = {bay: at for at, bay in enumerate(shop.bays)}
    return sorted(found, key=lambda one: (one.rank, turn.get(one.id, len(turn)), one.name))


def rank_of(device: Device) -> float:
    """How bad it is, from 0; a battery that must be changed soon is hardly better than a fault."""
    rank = STANDINGS.index(device.standing) if device.standing in STANDINGS else FINE
    is_low = device.battery is not None and device.battery.low is True
    return rank - 0.5 if is_low and rank == FINE else rank


def names_of(shop: Shop) -> Mapping[str, str]:
    """What bays and people are called, by their ids."""
    people = {key: one.name for key, one in shop.people.items()}
    return {**people, **{key: one.name for key, one in shop.bays.items()}}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Prints times of day with their seconds, on the shop's clock; another day with its date."""

    ask: Ask

    def __call__(self, at: datetime | None) -> str:
        if at is None:
            return ""
        there, now = (local(one, self.ask.shop.settings) for one in (at, self.ask.now))
        return there.strftime("%H:%M:%S" if there.date() == now.date() else "%m-%d %H:%M")


def _stamp(ask: Ask) -> Stamp:
    return Stamp(ask)


DEVICES_PAGES: tuple[DeskPage, ...] = (
    DeskPage("/admin/devices", devices_page, KEEPERS, N_("Devices"), read_devices),
    DeskPage("/admin/devices/{device:path}", device_page, KEEPERS, "", read_device, gone=GONE),
)
