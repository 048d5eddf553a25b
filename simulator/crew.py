"""Who works in the simulated shop and in which bays: read from the shop's set-up file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from simulator.http import Json, is_object, objects


@dataclass(frozen=True, slots=True)
class Crew:
    """People by role, their PINs and names, technicians' skills and home bays, bays by kind."""

    zone: ZoneInfo
    pins: Mapping[str, str]
    advisors: tuple[str, ...]
    controller: str
    leaders: tuple[str, ...]
    inspectors: tuple[str, ...]
    parts: str
    washers: tuple[str, ...]
    skills: Mapping[str, frozenset[str]]
    homes: Mapping[str, tuple[str, ...]]
    bays: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    manager: str = ""
    cashier: str = ""

    @property
    def greeter(self) -> str:
        """Who gives tickets at the peak: whoever has a hand free."""
        return self.cashier or self.controller

    @property
    def leader(self) -> str:
        """The first of the team leaders."""
        return self.leaders[0]

    @property
    def inspector(self) -> str:
        """The first of the inspectors."""
        return self.inspectors[0]

    @property
    def washer(self) -> str:
        """The first of the washers."""
        return self.washers[0]

    @property
    def wash_bays(self) -> tuple[str, ...]:
        """The bays where cars are washed."""
        return tuple(bay for bay, kind in self.bays.items() if kind == "wash")

    @property
    def work_bays(self) -> tuple[str, ...]:
        """Bays in which technicians work."""
        return tuple(bay for bay, kind in self.bays.items() if kind not in ("wash", "reception"))


def read_crew(text: str) -> Crew:
    """The crew in a set-up file with [pins]; ValueError says which part is missing."""
    values = tomllib.loads(text)
    people, pins = objects(values.get("people")), values.get("pins")
    if not is_object(pins) or not people:
        raise ValueError("the file must be a shop's set-up with [[people]] and [pins]")
    able = [person for person in people if str(person["id"]) in pins]
    technicians = [one for one in able if _roles(one) == ["technician"]]
    shop = values.get("shop")
    zone = str(shop.get("time_zone", "Asia/Shanghai")) if is_object(shop) else "Asia/Shanghai"
    return Crew(
        zone=ZoneInfo(zone),
        pins={person: str(pin) for person, pin in pins.items()},
        advisors=_with(able, "advisor"),
        controller=_with(able, "controller")[0],
        leaders=_with(able, "team_leader"),
        inspectors=_with(able, "inspector"),
        parts=_with(able, "parts")[0],
        washers=_with(able, "washer"),
        skills={str(one["id"]): frozenset(_texts(one.get("skills"))) for one in technicians},
        homes={str(one["id"]): tuple(_texts(one.get("bays"))) for one in technicians},
        bays={
            str(bay["id"]): str(bay.get("kind", "general")) for bay in objects(values.get("bays"))
        },
        names={str(one["id"]): str(one.get("name", one["id"])) for one in able},
        manager=_one_with(able, "manager"),
        cashier=_one_with(able, "cashier"),
    )


def _one_with(people: list[Json], role: str) -> str:
    return next((str(one["id"]) for one in people if role in _roles(one)), "")


def _with(people: list[Json], role: str) -> tuple[str, ...]:
    found = tuple(str(person["id"]) for person in people if role in _roles(person))
    if not found:
        raise ValueError(f"nobody with the role {role} has a PIN in this file")
    return found


def _roles(person: Json) -> list[str]:
    return _texts(person.get("roles"))


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
