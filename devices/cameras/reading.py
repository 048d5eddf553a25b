"""One body that a camera posted, of whichever maker, as observations. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from devices.cameras import dahua, hikvision, openalpr, platerecognizer
from devices.cameras.parts import parts_of
from devices.families.message import Message
from devices.payloads import BadPayload, Json, read_json
from devices.readings import Observation

MOST_BYTES = 4 * 1024 * 1024
"""Of one body: some makers pack their pictures into it."""
NOTHING = BadPayload("no message of a known camera")
Read = Callable[[dict[str, Json], Message, str], Sequence[Observation] | BadPayload | None]
MAKERS: Sequence[Read] = (
    platerecognizer.read,
    openalpr.read,
    dahua.read,
    hikvision.read_json,
)
"""Each reads a JSON object if it is of its maker, else None."""


@dataclass(frozen=True, slots=True)
class PlateCameras:
    """Adapter of what is posted; `camera` names those that do not name themselves."""

    camera: str = "camera"

    @property
    def filters(self) -> tuple[str, ...]:
        """None: nothing of it comes over MQTT."""
        return ()

    def claim(self, topic: str) -> float:
        """No topic is its own."""
        return 0.0

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one body; `topic` is its content type."""
        message = Message("POST", payload, retained, received_at)
        found = self._read(topic, message)
        if isinstance(found, BadPayload):
            return message.malformed(found.reason, f"alpr:{self.camera}")
        return found

    def _read(self, kind: str, message: Message) -> Sequence[Observation] | BadPayload:
        if len(message.payload) > MOST_BYTES:
            return BadPayload(f"more than {MOST_BYTES} bytes")
        if "multipart/" not in kind.lower():
            return self._text(message.payload, message)
        parts = parts_of(kind, message.payload)
        if isinstance(parts, BadPayload):
            return parts
        faults = [NOTHING]
        for part in parts:
            found = self._text(part, message)
            if not isinstance(found, BadPayload):
                return found
            faults.append(found)
        return faults[-1]

    def _text(self, text: bytes, message: Message) -> Sequence[Observation] | BadPayload:
        start = text.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start == b"<":
            return hikvision.read(text, message, self.camera)
        if start != b"{":
            return dahua.read_lines(text, message, self.camera)
        value = read_json(text, MOST_BYTES)
        if not isinstance(value, dict):
            return value if isinstance(value, BadPayload) else NOTHING
        found = (read(value, message, self.camera) for read in MAKERS)
        return next((one for one in found if one is not None), NOTHING)
