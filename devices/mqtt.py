"""One connection to a broker, of the few files that know paho. Runs in the event loop.

It must not know what messages mean, and no callback may let an exception out: paho would
stop in the middle of a packet and go on saying that it is connected.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags
from paho.mqtt.reasoncodes import ReasonCode

from board.core.slips import sentence
from devices.access import Access, stamps_of
from devices.deliveries import Deliveries, Delivery, Mark, Ticket
from devices.mqtt_client import Plan, aim, as_published, ask_for, client_of
from devices.mqtt_expiry import expiry
from devices.mqtt_line import Line
from devices.mqtt_publish import Published
from devices.mqtt_words import ended, no_answer, refusal
from devices.topics import matches

LOG = logging.getLogger(__name__)

FAREWELL_SECONDS = 2.0
ANSWER_SECONDS = 15.0
REFUSED_VERSION = 132
MOST_CLOSED = 2
MOST_TOPICS = 20_000


class Link:
    """One paho client on its line. `fault` says in words what is wrong now.

    It dials until it is connected; `lasted_seconds` is None before that connection is lost.
    """

    def __init__(
        self, plan: Plan, access: Access, deliveries: Deliveries, number: int, version5: bool
    ) -> None:
        self.connected = False
        self.refused_version = False
        self.fault = "not connected yet"
        self.lasted_seconds: float | None = None
        self.refusals: dict[str, str] = {}
        self.heard_at = time.monotonic()
        self.callback_faults = 0
        self.bad_topics = 0
        self.connections = 0
        self.redelivered = 0
        self.missed = 0
        self._topics = set[str]()
        self._asked_twice: tuple[str, ...] = ()
        self._plan = plan
        self._stamps = access.stamps
        self._deliveries = deliveries
        self._number = number
        self._version5 = version5
        self._arrived_at = 0.0
        self._closed, self._answered = 0, False
        self._published = asyncio.Event()
        self._asked: dict[int, tuple[str, ...]] = {}
        self._client = client_of(plan, access, version5)
        take = partial(self._guard, self._take)
        heard = partial(getattr, self, "heard_at")
        self._line = Line(self._client, version5, take, self._unanswered, heard)
        self._client.will_set(plan.status_topic, plan.status("offline"), 1, True)
        self._listen(self._client)

    def open(self) -> None:
        """Begin to connect, and to connect again after each loss, in the running loop."""
        aim(self._client, self._plan, self._version5)
        self._line.open()

    def is_dead(self) -> bool:
        """Whether nobody dials any more, which paho itself does not tell."""
        return self._line.is_dead

    @property
    def is_turned_away(self) -> bool:
        """Whether the broker closes each connection before it says anything."""
        return self._closed >= MOST_CLOSED

    def is_outdated(self) -> bool:
        """Whether a password or certificate was changed, and we are out anyway."""
        return not self.connected and stamps_of(self._plan.address) != self._stamps

    @property
    def is_unanswered(self) -> bool:
        """Whether the broker has left a question for topics unanswered for long."""
        waits = self.connected and bool(self._asked)
        return waits and time.monotonic() - self._arrived_at > ANSWER_SECONDS

    def say_online(self) -> None:
        """Kept by the broker until we are gone."""
        self.publish(self._plan.status_topic, self._plan.status("online"), retain=True)

    def publish(self, topic: str, payload: bytes, retain: bool = False, lasts: int = 0) -> None:
        """Send once, QoS 1, worth `lasts` seconds; its acknowledgement is a sign of life."""
        until = expiry(lasts) if self._version5 else None
        if retain and len(self._topics) < MOST_TOPICS:
            self._topics.add(topic)
        self._client.publish(topic, payload, 1, retain, until)

    def acknowledge(self, ticket: Ticket) -> None:
        """Tell the broker that a message is dealt with; tickets of lost connections count not."""
        if (ticket.link, ticket.connection) == (self._number, self.connections):
            self._client.ack(ticket.message, 1)

    def listen_to(self, filters: tuple[str, ...]) -> None:
        """Subscribe to these and no others, now if connected and after every new connection."""
        before, after = dict.fromkeys(self._plan.filters), dict.fromkeys(filters)
        self._plan = replace(self._plan, filters=filters)
        gone = [one for one in before if one not in after]
        fresh = tuple(one for one in after if one not in before)
        self.refusals = {one: why for one, why in self.refusals.items() if one in after}
        if self.connected and gone:
            self._client.unsubscribe(gone)
        if self.connected and fresh:
            self._subscribe(fresh)

    def ask_again(self) -> None:
        """Ask once more for what the broker keeps: of a flood at the beginning it may have dropped
        some without a word. What comes only now counts as missed; not what we keep there, which
        mosquitto gives back whatever we ask, nor what is asked for the first time after this.
        """
        self._asked_twice = self._plan.filters
        self._subscribe(self._plan.filters)

    async def close(self) -> None:
        """Say goodbye if possible, for at most a few seconds, and hang up."""
        try:
            if self.connected and not self.is_dead():
                with suppress(TimeoutError):
                    # In a cancelled task asyncio.timeout of Python 3.11 ends as a cancellation.
                    await asyncio.wait_for(self._said_goodbye(), FAREWELL_SECONDS)
        finally:
            self.abandon()

    async def _said_goodbye(self) -> None:
        plan = self._plan
        goodbye = self._client.publish(plan.status_topic, plan.status("offline"), 1, True)
        while self.connected and not goodbye.is_published():
            self._published.clear()
            await self._published.wait()

    def abandon(self) -> None:
        """Drop the connection."""
        self.connected = False
        self._line.end()

    def _listen(self, client: Client) -> None:
        guard = self._guard
        client.on_pre_connect = lambda c, u: guard(self._dialling)
        client.on_connect = lambda c, u, flags, reason, p: guard(self._arrived, flags, reason)
        client.on_subscribe = lambda c, u, mid, reasons, p: guard(self._granted, mid, reasons)
        client.on_publish = lambda c, u, mid, reason, p: guard(self._acknowledged)
        client.on_message = lambda c, u, message: guard(self._take, as_published(message))
        client.on_disconnect = lambda c, u, flags, reason, p: guard(self._left, flags, reason)

    def _guard(self, work: Callable[..., None], *given: object) -> None:
        try:
            work(*given)
        except Exception:
            self.callback_faults += 1
            LOG.exception("A callback of the MQTT connection failed")

    def _dialling(self) -> None:
        """The one callback in the thread that dials."""
        self._answered = False

    def _acknowledged(self) -> None:
        self._heard()
        self._published.set()

    def _heard(self) -> None:
        self.heard_at = time.monotonic()

    def _unanswered(self, fault: OSError) -> None:
        self._lost(no_answer(self._plan, fault))

    def _lost(self, fault: str) -> None:
        self.connected = False
        self.fault = fault
        self._plan.changed()

    def _arrived(self, flags: ConnectFlags, reason: ReasonCode) -> None:
        self._heard()
        self.connections += 1
        self._answered, self._closed = True, 0
        if reason.is_failure:
            self.refused_version = reason.value == REFUSED_VERSION
            self._lost(sentence("refuses_us", reason=reason))
            return
        self._deliveries.offer(Mark.connected)
        self.refusals = {}
        self._subscribe(self._plan.filters)
        self.say_online()
        self._arrived_at = time.monotonic()
        self.connected = True
        self.fault = ""
        self._plan.changed()

    def _subscribe(self, filters: tuple[str, ...]) -> None:
        asked = ask_for(self._client, filters, self._version5)
        if asked is not None:
            self._asked[asked] = filters

    def _granted(self, asked: int, reasons: list[ReasonCode]) -> None:
        self._heard()
        filters = self._asked.pop(asked, ())
        for one, reason in zip(filters, reasons, strict=False):
            if said := refusal(one, reason):
                self.refusals = {**self.refusals, one: said}
        self._deliveries.offer(Mark.subscribed)
        self._plan.changed()

    def _take(self, told: Published) -> None:
        self._heard()
        self.redelivered += told.again
        ticket = Ticket(self._number, self.connections, told.number) if told.qos else None
        try:
            topic = told.topic.decode()
        except UnicodeDecodeError:
            self.bad_topics += 1
            self._client.ack(told.number, told.qos)
            return
        self._note(topic, told.retained)
        at = self._plan.clock()
        delivery = Delivery(topic, told.payload, told.retained, at, ticket, self.heard_at)
        self._deliveries.offer(delivery)

    def _note(self, topic: str, retained: bool) -> None:
        if topic not in self._topics and len(self._topics) < MOST_TOPICS:
            self._topics.add(topic)
            self.missed += retained and any(matches(one, topic) for one in self._asked_twice)

    def _left(self, flags: DisconnectFlags, reason: ReasonCode) -> None:
        self._asked.clear()
        if self.connected:
            self.lasted_seconds = time.monotonic() - self._arrived_at
            self._lost(ended(reason))
        elif not self._answered:
            self._closed += 1
            self._lost(sentence("closes_first_tls" if self._plan.address.tls else "closes_first"))
