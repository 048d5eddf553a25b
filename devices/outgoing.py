"""What goes out to devices and to other programs: lamps, voices, and our own state for others.

Holds the memory of the folds, which are pure and elsewhere. Knows no MQTT library and no board.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from time import monotonic
from typing import Protocol

from board.core.slips import Speak
from devices.alarms import Alarm, first_told
from devices.bindings import Bindings
from devices.called import NOBODY, Called
from devices.deliveries import Delivery, Mark
from devices.home_assistant import config_topics, configs
from devices.identity import Names
from devices.lamp_fold import Back, Heard, Level, Outputs, Proof, Wishes, alarms, fold
from devices.lamp_looks import DARK, looks
from devices.lamp_places import Place, Ways, places, there
from devices.lamp_trials import Sentence, Trials, followed, looks_tried, trial_of, words_tried
from devices.lamps import TAG, Lamp
from devices.openings import Opening
from devices.outgoing_counters import OutgoingCounters
from devices.own_presence import OwnPresence
from devices.own_topics import Kept, differing, doubted, is_ours, kept
from devices.placed import Key
from devices.readings import Alive, Availability, Capability, Observation, Scope, State
from devices.shown import ShopShown
from devices.signals import Signal
from devices.telling_lamps import Lit
from devices.voices import Voices, mute, speak

LOG = logging.getLogger(__name__)

STEP_SECONDS, COMMAND_SECONDS = 0.25, 10
MOST_HEARD = 2000
Meaning = Sequence[Observation]


class Line(Protocol):
    """A connection, as far as something is sent over it."""

    def say(self, topic: str, payload: bytes, *, lasts_seconds: int = 0) -> None:
        """Once, not retained; worth nothing after so many seconds."""

    def keep(self, topic: str, payload: bytes) -> None:
        """Retained; an empty payload takes it back."""


class Outgoing:
    """Beside an intake, which lets it overhear everything. Without `shown` it does nothing."""

    def __init__(
        self,
        site: str,
        line: Line,
        listen_also: Callable[[Set[str]], None],
        names: Callable[[], Names],
        bindings: Callable[[], Bindings],
        shown: Callable[[], ShopShown] | None,
        openings: tuple[Opening, ...] = (),
        presence: OwnPresence | None = None,
    ) -> None:
        """`names`: under which names devices speak; `bindings`: what hangs where, by known ids."""
        self._site, self._line = site, line
        self._listen_also = listen_also
        self._names = names
        self._bindings = bindings
        self._shown = shown
        self.openings = openings
        self.presence = presence or OwnPresence()
        self._lamps: tuple[Lamp, ...] = ()
        self._bays: tuple[str, ...] = ()
        self._configs: frozenset[str] = frozenset()
        self._source: object = None
        self._wanted: Mapping[str, bytes] = {}
        self._places: Mapping[Lamp, Place] = {}
        self._wishes: Wishes = {}
        self._outputs, self._voices, self._kept = Outputs(), Voices(), Kept()
        self._heard: list[Heard] = []
        self._trials: Trials = {}
        self._awaited: frozenset[str] = frozenset()
        self._status: Mapping[str, str] = {}
        self._is_connected = False
        self.alarms: tuple[Alarm, ...] = ()
        self._counters = OutgoingCounters()

    async def run(self) -> None:
        """Work until cancelled. Lamps stay as they are when we go."""
        while self._shown is not None:
            try:
                self.step()
            except Exception:
                LOG.exception("What devices and other programs are told could not be made")
            await asyncio.sleep(STEP_SECONDS)

    def told(self, speak: Speak = str, called: Called = NOBODY) -> tuple[str, ...]:
        """What does not confirm, in sentences; the first ones where there are many."""
        return first_told(self.alarms, speak, called)

    @property
    def counters(self) -> OutgoingCounters:
        """Numbers for the metrics page."""
        outputs = self._outputs
        wanting = sum(one.lacking is not None for one in outputs.by_lamp.values())
        return replace(
            self._counters, resent=outputs.resent, confirmed=outputs.proved, wanting=wanting
        )

    @property
    def lit(self) -> Lit:
        """All outputs as they are now."""
        known = (self._lamps, self._wishes, self._outputs, self._voices, self._trials)
        return Lit(monotonic(), *known)

    def try_out(self, key: Key, sentence: Sentence) -> bool:
        """Switch one output for a moment, or let it say this; False while it is not known here."""
        lamp = next((one for one in self._lamps if one.key == key), None)
        if lamp is None or self._shown is None:
            return False
        shop = self._shown()
        wanted = looks((lamp,), shop).get(lamp, DARK)
        trial = trial_of(lamp, wanted, sentence, monotonic(), shop.now)
        self._trials = {**self._trials, key: trial}
        if lamp.kind == TAG:
            self._note(Back(lamp.device))
        return True

    def overhear(self, item: Delivery | Mark, found: Meaning) -> Meaning:
        """One delivery and what it means, or news of the connection; what else it means."""
        if item is Mark.connected:
            self._is_connected = True
            self._kept = self._kept.anew()
            self._note(Back())
        elif isinstance(item, Delivery):
            self._overhear(item, found)
            return there(self._status, item)
        return ()

    def _overhear(self, item: Delivery, found: Meaning) -> None:
        if is_ours(item.topic) or item.topic in self._configs:
            # Live it is somebody else's word, which does not stay; or our own over MQTT 3.1.1.
            self._kept = self._kept.found(item.topic, item.payload)
        if item.retained:
            return
        if item.topic in self._awaited:
            self._note(Proof(item.topic, item.payload))
        if item.topic in self._status and item.payload.strip() == b"online":
            self._note(Back(self._status[item.topic]))
        for one in found:
            self._observe(one)

    def _observe(self, seen: Observation) -> None:
        match seen:
            case State(capability=Capability.output, value=bool(on), retained=False):
                if any(lamp.key == (seen.device, seen.channel) for lamp in self._lamps):
                    self._note(Level(seen.device, seen.channel, on))
            case Availability(alive=Alive.online, retained=False):
                for device in self._behind(seen):
                    self._note(Back(device))

    def _behind(self, seen: Availability) -> Iterable[str]:
        """The device itself, or those that a bridge carries, if they are our lamps."""
        ours = {lamp.device for lamp in self._lamps}
        if seen.scope is Scope.device:
            return ours & {seen.device}
        known = self._names().ids.items()
        return ours & {device for (bridge, _), device in known if bridge == seen.device}

    def _note(self, heard: Heard) -> None:
        """Between two steps; of a flood the rest tells nothing new."""
        if len(self._heard) < MOST_HEARD:
            self._heard.append(heard)

    def step(self) -> None:
        """Bring out what differs. Nothing is sent before there is a connection."""
        if self._shown is None or not self._is_connected:
            return
        shop = self._shown()
        heard, self._heard = self._heard, []
        self._lamps = self._bindings().lamps
        if self._lamps or self._wishes or self._voices.by_lamp:
            self._follow_lamps(shop, heard, monotonic())
        self._follow_state(doubted(shop, self._bindings().by_bay))

    def _follow_lamps(self, shop: ShopShown, heard: Sequence[Heard], now: float) -> None:
        ways = Ways(self._names(), self.openings, self._site)
        self._places = places(self._lamps, ways)
        wanted = looks_tried(looks(self._lamps, shop), self._trials, now)
        self._wishes = {lamp: (self._places.get(lamp), look) for lamp, look in wanted.items()}
        self._outputs, signals = fold(self._outputs, self._wishes, heard, now)
        besides = words_tried(self._trials, now)
        self._voices, words = speak(
            self._voices, self._lamps, self._places, shop, heard, now, besides
        )
        self._trials = followed(self._trials, self._outputs, self._voices, now)
        self._await_proofs()
        for signal in (*signals, *words):
            self._send(signal)
        told = (*alarms(self._outputs, self._wishes, now), *mute(self._voices))
        self._counters.alarms += len(set(told) - set(self.alarms))
        self.alarms = told

    def _await_proofs(self) -> None:
        """Before anything is sent, so that no proof is missed."""
        outputs = (one.signal for one in self._outputs.by_lamp.values())
        voices = (one.signal for one in self._voices.by_lamp.values())
        awaited = frozenset(one.proof_topic for one in (*outputs, *voices) if one)
        known = self._places.items()
        status = {topic: lamp.device for lamp, place in known for topic in place.own_topics}
        fresh = (awaited | status.keys()) - self._awaited - self._status.keys()
        self._awaited, self._status = awaited, status
        if fresh:
            self._listen_also(fresh)

    def _await_leftovers(self, shop: ShopShown) -> None:
        """Discoveries of a former run, before which they may have been switched off."""
        bays = tuple(one.bay for one in shop.bays)
        if bays != self._bays:
            self._bays = bays
            self._configs |= set(config_topics(self.presence.prefix, self._site, bays))
            self._listen_also(self._configs)

    def _send(self, signal: Signal) -> None:
        self._line.say(signal.topic, signal.payload, lasts_seconds=COMMAND_SECONDS)
        self._counters.commands += 1

    def _follow_state(self, shop: ShopShown) -> None:
        self._await_leftovers(shop)
        source = (shop.name, shop.bays, shop.jobs, self.presence)
        if source != self._source:
            self._source, self._wanted = source, self._kept_of(shop)
        self._kept, said = differing(self._kept, self._wanted)
        for topic, payload in said:
            self._line.keep(topic, payload)
            self._counters.kept += 1

    def _kept_of(self, shop: ShopShown) -> Mapping[str, bytes]:
        found: Mapping[str, bytes] = kept(self._site, shop) if self.presence.states else {}
        if not self.presence.home_assistant:
            return found
        return {**found, **configs(self.presence.prefix, self._site, shop)}
