"""How a connection is made: its plan, and the paho client for it. Opens none."""

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from devices.access import Access
from devices.address import BrokerAddress
from devices.mqtt_publish import Published
from devices.mqtt_socket import LargeReads

KEEPALIVE_SECONDS = 15
SESSION_SECONDS = 3600
MOST_IN_FLIGHT = 200
MOST_PACKET_BYTES = 1_100_000
NO_TEXT = b"\xff"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to connect; `boot` names this run of the program in the status messages, `home` the
    shop it runs for: another program with our client id has another one, or none.
    """

    address: BrokerAddress
    client_id: str
    filters: tuple[str, ...]
    status_topic: str
    boot: str
    clock: Callable[[], datetime]
    changed: Callable[[], None]
    home: str = ""
    keepalive_seconds: int = KEEPALIVE_SECONDS

    def status(self, word: str) -> bytes:
        """The payload of our own status topic."""
        home = {"home": self.home} if self.home else {}
        told = {"s": word, "boot": self.boot, **home}
        return json.dumps(told, separators=(",", ":")).encode()


class LeanClient(Client):
    """paho's client, but for its socket, and for whoever takes packets before it does."""

    @property
    def is_within_packet(self) -> bool:
        """Whether it has asked for the beginning of a packet and not for its end."""
        return self._in_packet["command"] != 0

    def _create_socket(self) -> Any:
        # paho has no other door for this; without it every packet costs three system calls.
        return LargeReads(cast(socket.socket, super()._create_socket()))


def client_of(plan: Plan, access: Access, version5: bool, short_name: str = "") -> LeanClient:
    """A client that has not dialled yet; with a `short_name` for a short visit of its own, which
    leaves nothing behind.
    """
    client = LeanClient(
        CallbackAPIVersion.VERSION2,
        client_id=short_name or plan.client_id,
        clean_session=None if version5 else bool(short_name),
        protocol=MQTTProtocolVersion.MQTTv5 if version5 else MQTTProtocolVersion.MQTTv311,
        manual_ack=True,
    )
    client.suppress_exceptions = True
    if plan.address.user:
        client.username_pw_set(plan.address.user, access.password)
    if access.tls is not None:
        client.tls_set_context(access.tls)
    client.reconnect_delay_set(1, 30)
    client.max_queued_messages_set(1000)
    return client


def aim(client: Client, plan: Plan, version5: bool, *, keeps_session: bool = True) -> None:
    """Say where to dial."""
    client.connect_async(
        plan.address.host,
        plan.address.port,
        plan.keepalive_seconds,
        clean_start=not keeps_session,
        properties=_properties(keeps_session) if version5 else None,
    )


def dial(client: Client, plan: Plan, version5: bool) -> None:
    """Begin a short visit, in paho's own thread."""
    aim(client, plan, version5, keeps_session=False)
    client.loop_start()


def ask_for(client: Client, filters: tuple[str, ...], version5: bool) -> int | None:
    """Subscribe; the number of the question. What we say ourselves does not come back to us.

    The broker tells each time what it keeps: of what changed while we were away without being
    acknowledged (QoS 0) it stores nothing else for us.
    """
    if version5:
        options = SubscribeOptions(qos=1, noLocal=True)
        return client.subscribe([(one, options) for one in filters])[1]
    return client.subscribe([(one, 1) for one in filters])[1]


def _properties(keeps_session: bool) -> Properties:
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    if keeps_session:
        properties.SessionExpiryInterval = SESSION_SECONDS
    properties.ReceiveMaximum = MOST_IN_FLIGHT
    properties.MaximumPacketSize = MOST_PACKET_BYTES
    return properties


def as_published(message: MQTTMessage) -> Published:
    """One that paho has read. It raises for a topic that is no text, which shows later here."""
    try:
        topic = message.topic.encode()
    except UnicodeDecodeError:
        topic = NO_TEXT
    body, number = bytes(message.payload), message.mid
    return Published(topic, body, message.qos, number, message.retain, message.dup)
