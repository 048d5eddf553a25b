"""How long a message is worth something, in the words of MQTT 5."""

from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties


def expiry(seconds: int) -> Properties | None:
    """That nobody gets it later than after so many seconds; nothing for 0, which is any time."""
    if not seconds:
        return None
    properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.MessageExpiryInterval = seconds
    return properties
