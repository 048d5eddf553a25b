"""One connection to a broker, the only file that knows paho. Runs in paho's own thread.

It must not know what messages mean, and no callback may let an exception out: paho would
end its thread and go on saying that it is connected.
"""

import logging
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Delivery, Mark, Ticket

LOG = logging.getLogger(__name__)

KEEPALIVE_SECONDS = 15
SESSION_SECONDS = 3600
MOST_IN_FLIGHT = 200
MOST_PACKET_BYTES = 1_100_000
FAREWELL_SECONDS = 2.0
REFUSED_VERSION = 132
TAKEN_OVER = 142
SHORT_SECONDS = 5.0
MOST_SHORT = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How to connect; `boot` names this run of the program in the status messages."""

    address: BrokerAddress
    client_id: str
    filters: tuple[str, ...]
    status_topic: str
    boot: str
    clock: Callable[[], datetime]
    changed: Callable[[], None]

    def status(self, word: str) -> bytes:
        """The payload of our own status topic."""
        return f'{{"s":"{word}","boot":"{self.boot}"}}'.encode()


class Link:
    """One paho client with its thread. `fault` says in words what is wrong now."""

    def __init__(self, plan: Plan, deliveries: Deliveries, number: int, version5: bool) -> None:
        self.connected = False
        self.refused_version = False
        self.taken_over = False
        self.fault = "not connected yet"
        self.refused_filters: tuple[str, ...] = ()
        self.heard_at = time.monotonic()
        self.callback_faults = 0
        self.bad_topics = 0
        self.connections = 0
        self._plan = plan
        self._deliveries = deliveries
        self._number = number
        self._version5 = version5
        self._arrived_at = 0.0
        self._short = 0
        self._thread: threading.Thread | None = None
        self._asked: dict[int, tuple[str, ...]] = {}
        self._asking = threading.Lock()
        self._client = self._make()

    def open(self) -> None:
        """Begin to connect, and to connect again after each loss, in paho's thread."""
        address = self._plan.address
        properties = _connect_properties() if self._version5 else None
        self._client.connect_async(
            address.host,
            address.port,
            KEEPALIVE_SECONDS,
            clean_start=False,
            properties=properties,
        )
        self._client.loop_start()

    def is_dead(self) -> bool:
        """Whether paho's thread has ended, which paho itself does not tell."""
        return self._thread is not None and not self._thread.is_alive()

    def publish(self, topic: str, payload: bytes, retain: bool = False) -> None:
        """Send once, QoS 1; its acknowledgement is a sign of life."""
        self._client.publish(topic, payload, qos=1, retain=retain)

    def acknowledge(self, ticket: Ticket) -> None:
        """Tell the broker that a message is dealt with; tickets of lost connections count not."""
        if (ticket.link, ticket.connection) == (self._number, self.connections):
            self._client.ack(ticket.message, 1)

    def listen_also(self, filters: tuple[str, ...]) -> None:
        """Subscribe to more, now if connected and after every new connection."""
        self._plan = replace(self._plan, filters=(*self._plan.filters, *filters))
        if self.connected:
            self._subscribe(filters)

    def close(self) -> None:
        """Say goodbye if possible and end the thread. Blocks for at most a few seconds."""
        if self.connected and not self.is_dead():
            goodbye = self._client.publish(
                self._plan.status_topic, self._plan.status("offline"), 1, True
            )
            if goodbye.rc == 0:
                goodbye.wait_for_publish(FAREWELL_SECONDS)
        self._client.disconnect()
        self._client.loop_stop()

    def abandon(self) -> None:
        """Drop the connection without a word and end the thread."""
        self.connected = False
        self._client.disconnect()
        self._client.loop_stop()

    def _make(self) -> Client:
        plan = self._plan
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=plan.client_id,
            clean_session=None if self._version5 else False,
            protocol=MQTTProtocolVersion.MQTTv5 if self._version5 else MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
        )
        client.suppress_exceptions = True
        if plan.address.user:
            client.username_pw_set(plan.address.user, plan.address.password)
        if plan.address.tls:
            client.tls_set_context(ssl.create_default_context(cafile=plan.address.ca_file or None))
        client.will_set(plan.status_topic, plan.status("offline"), 1, True)
        client.reconnect_delay_set(1, 30)
        client.max_queued_messages_set(1000)
        self._listen(client)
        return client

    def _listen(self, client: Client) -> None:
        guard = self._guard
        client.on_pre_connect = lambda c, u: guard(self._dialling)
        client.on_connect_fail = lambda c, u: guard(self._unanswered)
        client.on_connect = lambda c, u, flags, reason, p: guard(self._arrived, flags, reason)
        client.on_subscribe = lambda c, u, mid, reasons, p: guard(self._granted, mid, reasons)
        client.on_publish = lambda c, u, mid, reason, p: guard(self._heard)
        client.on_message = lambda c, u, message: guard(self._take, message)
        client.on_disconnect = lambda c, u, flags, reason, p: guard(self._left, flags, reason)

    def _guard(self, work: Callable[..., None], *given: object) -> None:
        try:
            work(*given)
        except Exception:
            self.callback_faults += 1
            LOG.exception("A callback of the MQTT connection failed")

    def _dialling(self) -> None:
        self._thread = threading.current_thread()

    def _heard(self) -> None:
        self.heard_at = time.monotonic()

    def _unanswered(self) -> None:
        """paho calls this while it handles the error, which it does not pass on."""
        self._lost(f"the broker does not answer: {sys.exception()}")

    def _lost(self, fault: str) -> None:
        self.connected = False
        self.fault = fault
        self._plan.changed()

    def _arrived(self, flags: ConnectFlags, reason: ReasonCode) -> None:
        self._heard()
        self.connections += 1
        if reason.is_failure:
            self.refused_version = reason.value == REFUSED_VERSION
            self._lost(f"the broker refuses us: {reason}")
            return
        self._deliveries.offer(Mark.connected)
        self.refused_filters = ()
        self._subscribe(self._plan.filters)
        self.publish(self._plan.status_topic, self._plan.status("online"), retain=True)
        self._arrived_at = time.monotonic()
        self.connected = True
        self.fault = ""
        self._plan.changed()

    def _subscribe(self, filters: tuple[str, ...]) -> None:
        """With replays on every connection: what changed while we were away must be asked about."""
        options = SubscribeOptions(qos=1)
        with self._asking:
            if self._version5:
                _, asked = self._client.subscribe([(one, options) for one in filters])
            else:
                _, asked = self._client.subscribe([(one, 1) for one in filters])
            if asked is not None:
                self._asked[asked] = filters

    def _granted(self, asked: int, reasons: list[ReasonCode]) -> None:
        self._heard()
        with self._asking:
            filters = self._asked.pop(asked, ())
        pairs = zip(filters, reasons, strict=False)
        refused = tuple(one for one, reason in pairs if reason.is_failure)
        self.refused_filters = (*self.refused_filters, *refused)
        self._deliveries.offer(Mark.subscribed)
        self._plan.changed()

    def _take(self, message: MQTTMessage) -> None:
        self._heard()
        ticket = Ticket(self._number, self.connections, message.mid) if message.qos else None
        try:
            topic = message.topic
        except UnicodeDecodeError:
            self.bad_topics += 1
            self._client.ack(message.mid, message.qos)
            return
        delivery = Delivery(
            topic, bytes(message.payload), message.retain, self._plan.clock(), ticket
        )
        self._deliveries.offer(delivery)

    def _left(self, flags: DisconnectFlags, reason: ReasonCode) -> None:
        told = flags.is_disconnect_packet_from_server and reason.value == TAKEN_OVER
        if self.connected:
            lasted = time.monotonic() - self._arrived_at
            self._short = self._short + 1 if lasted < SHORT_SECONDS else 0
            self._lost(f"the connection is lost: {reason}")
        self.taken_over = self.taken_over or told or self._short >= MOST_SHORT
        self._plan.changed()


def _connect_properties() -> Properties:
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
    properties.SessionExpiryInterval = SESSION_SECONDS
    properties.ReceiveMaximum = MOST_IN_FLIGHT
    properties.MaximumPacketSize = MOST_PACKET_BYTES
    return properties
