"""The word of a Sparkplug host that it is there: nodes that are told to wait for it send only then.

A connection has one last will, and that of the shop's own is for its own status: so this has one
of its own. Of the few files that know paho. Runs in paho's own thread.
"""

import json
import time
from typing import Any

from paho.mqtt.client import MQTTMessage
from paho.mqtt.reasoncodes import ReasonCode

from devices.access import Access, stamps_of
from devices.mqtt_client import Plan, client_of, dial

FAREWELL_SECONDS = 2.0


class HostWord:
    """Retained `online` on `plan.status_topic` while we are connected; its will takes it back."""

    def __init__(self, plan: Plan, access: Access) -> None:
        """Nothing is said before `open`. In 3.1.1, which every broker speaks."""
        self._plan = plan
        self._stamps = access.stamps
        self._born_at = 0
        self._leaves = False
        self._client = client_of(plan, access, False, plan.client_id)
        self._client.on_pre_connect = lambda client, data: self._dialling()
        self._client.on_connect = lambda client, data, flags, reason, more: self._arrived(reason)
        self._client.on_message = lambda client, data, message: self._take(message)

    def open(self) -> None:
        """Go there, and again after each loss."""
        dial(self._client, self._plan, False)

    def is_of(self, topic: str) -> bool:
        """Whether it is said there, and by a password and certificate that still hold."""
        return self._plan.status_topic == topic and stamps_of(self._plan.address) == self._stamps

    def close(self) -> None:
        """Take the word back and leave; blocks for at most a few seconds."""
        self._leaves = True
        if self._client.is_connected():
            goodbye = self._say(False)
            if goodbye.rc == 0:
                goodbye.wait_for_publish(FAREWELL_SECONDS)
        self._client.disconnect()
        self._client.loop_stop()

    def _dialling(self) -> None:
        """Birth and will of one connection carry one moment: by it a late will is known."""
        self._born_at = round(time.time() * 1000)
        self._client.will_set(self._plan.status_topic, self._word(False), 1, True)

    def _arrived(self, reason: ReasonCode) -> None:
        if not reason.is_failure:
            self._client.subscribe(self._plan.status_topic, 1)
            self._say(True)

    def _take(self, message: MQTTMessage) -> None:
        """A late will of a former connection of ours must not stand."""
        self._client.ack(message.mid, message.qos)
        if not self._leaves and _is_offline(bytes(message.payload)):
            self._say(True)

    def _say(self, is_online: bool) -> Any:
        return self._client.publish(self._plan.status_topic, self._word(is_online), 1, True)

    def _word(self, is_online: bool) -> bytes:
        return json.dumps({"online": is_online, "timestamp": self._born_at}).encode()


def _is_offline(payload: bytes) -> bool:
    try:
        told = json.loads(payload)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("online") is False
