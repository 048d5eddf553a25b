"""What is remembered of devices for people: who hangs nowhere, batteries, what could not be read,
and what each said last. Nothing acts on it.
"""

import logging
from collections.abc import Collection, Sequence

from devices.batteries import TOLD, Batteries
from devices.deliveries import Delivery
from devices.identity import Names, ids_by_name
from devices.inbox import Inbox
from devices.logbooks import Logbooks
from devices.nearby import Nearby, is_nearby
from devices.profiles.known import Known
from devices.profiles.profile import Cell
from devices.profiles.shelf import Shelf
from devices.quarantine import Quarantine
from devices.readings import Malformed, Observation, State, is_bridge

LOG = logging.getLogger(__name__)


class Register:
    """Of all devices that speak."""

    def __init__(self, bound: Collection[str]) -> None:
        """`bound`: the devices that hang somewhere."""
        self.quarantine = Quarantine()
        self.inbox = Inbox()
        self.batteries = Batteries()
        self.logbooks = Logbooks(frozenset(bound))
        self._nearby = Nearby()
        self._bound = frozenset(bound)

    def bind(self, bound: frozenset[str], names: Names) -> None:
        """These hang somewhere now, by their ids or by changeable names."""
        self._bound = bound
        self.logbooks.bind(bound, ids_by_name(names))
        for one in (*bound, *(name for (_, name), id_ in names.ids.items() if id_ in bound)):
            self.inbox.forget(one)

    def note(
        self, delivery: Delivery, found: Sequence[Observation], copies: Collection[str]
    ) -> None:
        """One message and what it means; `copies`: the devices of which it told nothing new."""
        for device in (*(one.device for one in found), *copies):
            if is_nearby(device) and device not in self._bound:
                self._forget(self._nearby.note(device))
        self.logbooks.note(delivery, found, copies)
        for seen in found:
            if isinstance(seen, Malformed):
                self._set_aside(seen, delivery)
            elif seen.device not in self._bound and not is_bridge(seen.device):
                self.inbox.note(seen)

    def weigh(self, seen: State, known: Known, shelf: Shelf) -> None:
        """What a device says of its battery, by its profile; a stranger's is nobody's here."""
        if seen.capability not in TOLD:
            return
        if is_nearby(seen.device) and seen.device not in self._bound:
            return
        profile = known.profile(shelf, seen.device)
        battery = self.batteries.note(seen, profile.cell if profile else Cell())
        self.logbooks.weigh(seen.device, battery)

    def _forget(self, device: str) -> None:
        self.inbox.forget(device)
        self.logbooks.drop(device)

    def _set_aside(self, seen: Malformed, delivery: Delivery) -> None:
        at, payload = delivery.received_at, delivery.payload
        if self.quarantine.add(seen.device, delivery.topic, payload, seen.reason, at):
            LOG.warning(
                "Unreadable message from %r on %r: %s",
                seen.device or "?",
                delivery.topic[:200],
                seen.reason,
            )
