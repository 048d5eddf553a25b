"""A Sparkplug B edge node with one device, in the bytes of the published schema. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.tongues.protobuf import number, text
from simulator.tongues.tongue import Car, Deed, Moment, Said

_INT32, _BOOLEAN = 3, 11
_ALIAS = 7
_BIRTHS = 2
"""Messages before the first value: of the node and of the device."""


@dataclass(frozen=True, slots=True)
class SparkplugTongue:
    """The device `bay` of a node; its values have aliases after its birth."""

    group: str
    node: str
    channel: str = "occupancy"
    family: str = "sparkplug-b"
    base: str = ""

    @property
    def device(self) -> str:
        """Group, node and device."""
        return f"spb:{self.group}/{self.node}/bay"

    def lives(self, is_there: bool) -> Sequence[Said]:
        """The births, which know no value yet, or the will."""
        session = _metric("bdSeq", _INT32, 0)
        if not is_there:
            return [self._said("NDEATH", _payload(session, seq=None))]
        occupied = _metric("Occupied", _BOOLEAN, None, alias=_ALIAS)
        return [
            self._said("NBIRTH", _payload(session, seq=0)),
            self._said("DBIRTH", _payload(occupied, seq=1), "/bay"),
        ]

    @property
    def asked_on(self) -> str:
        """Where a host asks for the births."""
        return f"spBv1.0/{self.group}/NCMD/{self.node}"

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """A value by its alias; numbers go round at 256."""
        if not isinstance(deed, Car):
            return []
        at = round(now.seconds * 1000)
        value = _metric("", _BOOLEAN, int(deed.there), alias=_ALIAS, at=at)
        seq = (now.number + _BIRTHS - 1) % 256
        return [self._said("DDATA", _payload(value, seq=seq, at=at), "/bay")]

    def _said(self, kind: str, payload: bytes, device: str = "") -> Said:
        return Said(f"spBv1.0/{self.group}/{kind}/{self.node}{device}", payload)


def _metric(
    name: str, kind: int, value: int | None, *, alias: int | None = None, at: int = 0
) -> bytes:
    """Name, alias, timestamp, datatype and value (or null) of a metric."""
    field = 14 if kind == _BOOLEAN else 10
    return b"".join(
        [
            text(1, name) if name else b"",
            b"" if alias is None else number(2, alias),
            number(3, at) if at else b"",
            number(4, kind),
            number(7, 1) if value is None else number(field, value),
        ]
    )


def _payload(*metrics: bytes, seq: int | None, at: int = 0) -> bytes:
    """Timestamp, metrics and number of a message."""
    head = number(1, at) if at else b""
    end = b"" if seq is None else number(3, seq)
    return head + b"".join(text(2, one) for one in metrics) + end
