"""What others notice of a bay: cameras, Bluetooth gateways, declared values. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Car, Deed, Moment, Plate, Press, Said, told, word

_CODES = {"single": 1, "double": 2, "long": 254}


@dataclass(frozen=True, slots=True)
class FrigateTongue:
    """A camera, or with `zone` that of a bay in its picture."""

    camera: str
    zone: str = ""
    family: str = "frigate"
    base: str = ""

    @property
    def device(self) -> str:
        """The zone for levels; plates come from the camera."""
        return f"frigate:{f'zone/{self.zone}' if self.zone else self.camera}"

    @property
    def channel(self) -> str:
        """Cars in the zone, or plates."""
        return f"occupancy-{self.zone}" if self.zone else "plate"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Whether Frigate runs."""
        return [word("frigate/available", "online" if is_there else "offline", retain=True)]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """Cars in the zone, or the plate of a tracked car."""
        match deed:
            case Car(there):
                return [word(f"frigate/{self.zone}/car", str(int(there)), retain=True)]
            case Plate(text):
                read = {
                    "type": "lpr",
                    "id": f"{now.seconds}-{now.number}",
                    "plate": text,
                    "score": 0.95,
                    "camera": self.camera,
                    "timestamp": now.seconds,
                }
                return [told("frigate/tracked_object_update", read)]
        return []


@dataclass(frozen=True, slots=True)
class TheengsTongue:
    """A Bluetooth button or presence sensor, heard by two gateways."""

    mac: str
    channel: str = "occupancy"
    family: str = "theengs"
    base: str = ""

    @property
    def device(self) -> str:
        """Its address."""
        return f"ble:{self.mac}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """The gateways' wills; the device has none."""
        alive = "online" if is_there else "offline"
        return [word(f"home/{one}/LWT", alive, retain=True) for one in ("hall", "gate")]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """The same packet by both."""
        match deed:
            case Car(there):
                return self._packet({"presence": there}, now)
            case Press(pressed):
                return self._packet({"button": _CODES[pressed]}, now)
        return []

    def _packet(self, found: dict[str, object], now: Moment) -> Sequence[Said]:
        about = {"id": self.mac, "model_id": "SBBT-002C", "packet": now.number % 256, "batt": 100}
        heard = zip(("hall", "gate"), (-81, -70), strict=True)
        return [
            told(f"home/{one}/BTtoMQTT/{self.mac}", {**about, **found, "rssi": rssi})
            for one, rssi in heard
        ]


@dataclass(frozen=True, slots=True)
class DeclaredTongue:
    """A device that declares itself by Home Assistant's discovery."""

    name: str
    channel: str = "occupancy-occupied"
    family: str = "ha-discovery"
    base: str = ""

    @property
    def device(self) -> str:
        """Its identifier."""
        return f"ha:{self.name}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """Its declarations, and whether it is there."""
        about = {"identifiers": [self.name], "name": self.name, "model": "gate box"}
        common = {"device": about, "availability": [{"topic": f"{self.name}/there"}]}
        occupied = {
            **common,
            "unique_id": f"{self.name}-occupied",
            "object_id": "occupied",
            "device_class": "occupancy",
            "state_topic": f"{self.name}/state",
            "value_template": "{{ value_json.occupied }}",
        }
        head = f"homeassistant/binary_sensor/{self.name}/occupied"
        alive = "online" if is_there else "offline"
        return [
            told(f"{head}/config", occupied, retain=True),
            word(f"{self.name}/there", alive, retain=True),
        ]

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """Its state is one object."""
        if not isinstance(deed, Car):
            return []
        return [told(f"{self.name}/state", {"occupied": "ON" if deed.there else "OFF"})]
