"""A shop's sensors beside a real broker, with the clock in the test's hand: what devices say goes
in by MQTT, what is asked of the desk comes out.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paho.mqtt.client import Client

from board.core.commands import CallHelp, ReportBay
from board.journal import JournalUnavailable
from devices.address import BrokerAddress
from devices.asking import Asker, Asks
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.openings import Opening
from devices.sensors import Sensors, SensorSettings
from tests.devices.waiting import device_at
from tests.e2e.running import until

OPENINGS = (
    Opening("zigbee2mqtt"),
    Opening("tasmota"),
    Opening("shelly-gen1"),
    Opening("shelly-gen2", "hall/+"),
    Opening("ha-discovery"),
    Opening("sparkplug-b"),
    Opening("chirpstack-v4"),
    Opening("frigate"),
    Opening("theengs"),
)

MARKER = ("shop/main/dev/marker/st/occupancy", {"v": True})
"""What comes of it tells the test how far the shop is."""


@dataclass
class HearingShop:
    """The sensors in a thread of their own; `device` speaks for all devices."""

    bindings: Bindings
    address: BrokerAddress
    folder: Path
    device: Client
    taken: list[tuple[Asks, str, Asker]] = field(default_factory=list)
    is_journal_away: bool = False
    is_made: threading.Event = field(default_factory=threading.Event)
    _ahead: timedelta = timedelta()
    _end: Callable[[], object] = lambda: None
    _thread: threading.Thread = field(default_factory=threading.Thread)

    def start(self) -> "HearingShop":
        """Listen, until the replays of the beginning are in."""
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        self.is_made.wait(20)
        until(lambda: not self.sensors.degraded)
        self.say(*MARKER)
        until(lambda: self.reports("marker"))
        return self

    def stop(self) -> None:
        """Say goodbye and end the thread."""
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join(20)

    async def _run(self) -> None:
        settings = SensorSettings("main", self.folder, self.address, families=OPENINGS)
        self._loop, bindings = asyncio.get_running_loop(), _with_marker(self.bindings)
        self.sensors = Sensors(settings, bindings, self._send, self.now, passing=JournalUnavailable)
        task = asyncio.create_task(self.sensors.run())
        self._end = task.cancel
        self.is_made.set()
        await asyncio.wait([task])

    async def _send(self, command: Asks, command_id: str, asker: Asker) -> object:
        if self.is_journal_away:
            raise JournalUnavailable("away")
        self.taken.append((command, command_id, asker))
        return None

    # What devices do, and time.

    def now(self) -> datetime:
        """The shop's clock."""
        return datetime.now(UTC) + self._ahead

    def later(self, seconds: float) -> None:
        """Let the shop's clock jump ahead, and everything that is due be found."""
        self.heard()
        self._ahead += timedelta(seconds=seconds)
        self.say(*MARKER)
        self.heard()
        self._ticked()

    def say(self, topic: str, payload: object, *, retain: bool = False, qos: int = 1) -> None:
        """A device publishes."""
        plain = payload if isinstance(payload, bytes | str) else json.dumps(payload)
        self.device.publish(topic, plain, qos, retain).wait_for_publish(20)

    def press(self, name: str, word: str, number: str) -> None:
        """The native button `name` is pressed."""
        topic = f"shop/main/dev/{name}/ev/button-1"
        self.say(topic, {"e": "press", "k": word, "id": number})

    def heard(self) -> None:
        """Wait until all that was said has been dealt with."""
        wanted = len(self.calls("marker")) + 1
        self.press("marker", "single", f"mark-{wanted}")
        until(lambda: len(self.calls("marker")) == wanted)

    def _ticked(self) -> None:
        """A bay that is to be told again is told behind the next tick."""
        before = len(self.reports("marker"))
        self._loop.call_soon_threadsafe(self.sensors.retell, ["marker"])
        until(lambda: len(self.reports("marker")) > before)

    # What came of it.

    def reports(self, bay: str) -> list[tuple[str, str]]:
        """What was told of a bay, one after the other, with the reasons."""
        told = (one for one, _, _ in self.taken if isinstance(one, ReportBay) and one.bay == bay)
        return [(one.presence.value, one.reason) for one in told]

    def levels(self, bay: str) -> list[str]:
        """The same without the reasons."""
        return [level for level, _ in self.reports(bay)]

    def calls(self, bay: str) -> list[str]:
        """Which kinds of help were called for from a bay."""
        told = (one for one, _, _ in self.taken if isinstance(one, CallHelp) and one.bay == bay)
        return [one.kind.value for one in told]

    def calls_in_order(self, bay: str) -> list[str]:
        """The ids of the calls from a bay, as they were asked."""
        return [key for one, key, _ in self.taken if isinstance(one, CallHelp) and one.bay == bay]


def _with_marker(bindings: Bindings) -> Bindings:
    eye = Sensor("native:marker", "occupancy", "marker", enter_seconds=0)
    button = Button("native:marker", "button-1", bay="marker")
    return replace(bindings, sensors=(*bindings.sensors, eye), buttons=(*bindings.buttons, button))


@contextmanager
def hearing_shop(
    bindings: Bindings,
    address: BrokerAddress,
    folder: Path,
    before: Sequence[tuple[str, object]] = (),
) -> Iterator[HearingShop]:
    """A shop that listens; `before`: what the broker keeps (retained) when it begins."""
    with device_at(address.port) as device:
        shop = HearingShop(bindings, address, folder, device)
        for topic, payload in before:
            shop.say(topic, payload, retain=True)
        try:
            yield shop.start()
        finally:
            shop.stop()
