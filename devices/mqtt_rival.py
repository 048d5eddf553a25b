"""A short visit to the broker under a name of its own: does another program listen already?

Two programs under one client id would throw each other out for ever, in turns.
"""

import json
import time
from typing import Any

from paho.mqtt.client import MQTTMessage
from paho.mqtt.reasoncodes import ReasonCode

from devices.access import Access
from devices.mqtt_client import Plan, ask_for, client_of, dial

ANSWER_SECONDS = 5.0
REPLAY_SECONDS = 0.2


class Look:
    """Hears the status that another run of the program left, and whether that one still speaks."""

    def __init__(self, plan: Plan, access: Access, version5: bool, pulse_topic: str) -> None:
        """`pulse_topic`: where a program that lives says something again and again."""
        self.lives = False
        """Whether it said something while we were here."""
        self.boot = ""
        """Which other run says that it is online; empty for none."""
        self.is_fellow = False
        """Whether that is another process of our own shop."""
        self._plan = plan
        self._pulse_topic = pulse_topic
        self._version5 = version5
        self._knows_at = time.monotonic() + ANSWER_SECONDS
        self._client = client_of(plan, access, version5, f"{plan.client_id}-look-{plan.boot}")
        self._client.on_connect = lambda client, data, flags, reason, more: self._ask(reason)
        self._client.on_connect_fail = lambda client, data: self._answered(0.0)
        self._client.on_disconnect = lambda *given: self._answered(0.0)
        self._client.on_subscribe = lambda *given: self._answered()
        self._client.on_message = lambda client, data, message: self._take(message)

    def open(self) -> None:
        """Go there."""
        dial(self._client, self._plan, self._version5)

    def close(self) -> None:
        """Leave; blocks for a moment."""
        self._client.disconnect()
        self._client.loop_stop()

    @property
    def knows(self) -> bool:
        """Whether the broker has told what it keeps, or will not."""
        return bool(self.boot) or time.monotonic() > self._knows_at

    def _ask(self, reason: ReasonCode) -> None:
        if reason.is_failure:
            self._answered(0.0)
            return
        topics = (self._plan.status_topic, self._pulse_topic)
        ask_for(self._client, topics, self._version5)

    def _answered(self, more_seconds: float = REPLAY_SECONDS) -> None:
        """What the broker keeps comes right behind its answer; a refusal has nothing behind it."""
        self._knows_at = min(self._knows_at, time.monotonic() + more_seconds)

    def _take(self, message: MQTTMessage) -> None:
        self._client.ack(message.mid, message.qos)
        if message.topic == self._pulse_topic:
            self.lives = self.lives or not message.retain
            return
        told = _status(bytes(message.payload))
        is_other = told.get("s") == "online" and told.get("boot") != self._plan.boot
        self.is_fellow = bool(self._plan.home) and told.get("home") == self._plan.home
        self.boot = str(told.get("boot", "?"))[:40] if is_other else ""


def _status(payload: bytes) -> dict[str, Any]:
    try:
        told = json.loads(payload)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
