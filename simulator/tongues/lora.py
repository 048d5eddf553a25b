"""LoRaWAN devices behind ChirpStack and The Things Stack, heard by two gateways. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.tongue import Car, Deed, Moment, Press, Said, told

_APPLICATION = "acb57b95-2c39-486e-a8e7-724d4d6343ac"
_ADDRESS = "00189440"


@dataclass(frozen=True, slots=True)
class ChirpStackTongue:
    """A sonar or a button by its address; every uplink is measured anew."""

    eui: str
    channel: str = "distance"
    name: str = "sonar"
    model: str = "EM310-UDL"
    family: str = "chirpstack-v4"
    base: str = ""

    @property
    def device(self) -> str:
        """Its address."""
        return f"lora:{self.eui}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """A join; it has no will."""
        return [self._event("join", {})] if is_there else []

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """The object that the maker's codec gives."""
        match deed:
            case Car():
                return [self._up({"distance": now.distance_mm(deed), "battery": 87}, now)]
            case Press(pressed):
                return [self._up({"button": pressed}, now)]
        return []

    def _up(self, found: dict[str, object], now: Moment) -> Said:
        heard = [{"gatewayId": f"a84041ffff1f4b7{one}", "rssi": -87 - one} for one in (0, 1)]
        body = {"fCnt": now.number, "object": found, "rxInfo": heard, "devAddr": _ADDRESS}
        return self._event("up", {"time": now.at.isoformat(), **body})

    def _event(self, kind: str, body: dict[str, object]) -> Said:
        about = {"devEui": self.eui, "deviceName": self.name, "deviceProfileName": self.model}
        topic = f"application/{_APPLICATION}/device/{self.eui}/event/{kind}"
        return told(topic, {"deviceInfo": about, **body})


@dataclass(frozen=True, slots=True)
class ThingsStackTongue:
    """A parking sensor by its address and name."""

    eui: str
    name: str
    channel: str = "occupancy"
    family: str = "tts-v3"
    base: str = ""

    @property
    def device(self) -> str:
        """Its address."""
        return f"lora:{self.eui}"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """A join; it has no will."""
        return [self._said("join", {})] if is_there else []

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """What the decoder gives."""
        match deed:
            case Car(there):
                return [self._up({"occupied": there}, now)]
            case Press(pressed):
                return [self._up({"button": pressed}, now)]
        return []

    def _up(self, found: dict[str, object], now: Moment) -> Said:
        at = now.at.isoformat().replace("+00:00", "Z")
        heard = [{"gateway_ids": {"gateway_id": "gate"}, "rssi": -68, "snr": 9.2}]
        body = {"f_cnt": now.number, "decoded_payload": found, "rx_metadata": heard}
        return self._said("up", {"uplink_message": {**body, "received_at": at}})

    def _said(self, kind: str, body: dict[str, object]) -> Said:
        ids = {
            "device_id": self.name,
            "dev_eui": self.eui,
            "dev_addr": _ADDRESS,
            "application_ids": {"application_id": "shop"},
        }
        return told(f"v3/shop@ttn/devices/{self.name}/{kind}", {"end_device_ids": ids, **body})
