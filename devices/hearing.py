"""The open families together: deliveries in, observations out, and what they declare on the way.

Holds the one memory of readings; the folds themselves are pure and elsewhere.
"""

from collections.abc import Callable, Sequence, Set

from msgspec.structs import replace

from devices.adapters import Adapter, Reborn
from devices.deliveries import Delivery
from devices.home_assistant import is_our_config
from devices.identity import NO_NAMES, Names
from devices.own_topics import is_ours
from devices.profiles.known import Known
from devices.profiles.shelf import Shelf
from devices.readings import Diagnostic, Finding, Observation
from devices.recall import Recall, adapters_of, declared, recall

MOST_TOPICS = 5000


def is_own(topic: str) -> bool:
    """Whether we say it ourselves: what we tell others is never heard as a device."""
    return is_ours(topic) or is_our_config(topic)


class Hearing:
    """Reads each delivery by the family that claims it."""

    def __init__(
        self,
        adapters: Sequence[Adapter],
        listen_also: Callable[[Set[str]], None],
        say: Callable[[str, bytes], None],
        shelf: Shelf,
        names: Names = NO_NAMES,
    ) -> None:
        """`listen_also` subscribes to topics that devices have declared; `say` sends what a
        family asks of its devices, as topic and payload, never retained; `names`: under which
        devices spoke when we last listened.
        """
        self._adapters = adapters
        self._listen_also = listen_also
        self._say = say
        self.shelf = shelf
        self._recall = Recall(names)
        self._declared: Set[str] = frozenset()
        self._readers: dict[str, Sequence[Adapter]] = {}
        self.copies: Sequence[str] = ()
        """The devices of which the last delivery told something again."""

    @property
    def names(self) -> Names:
        """Which changeable names stand for which devices."""
        return self._recall.names

    @property
    def known(self) -> Known:
        """What devices have told of themselves."""
        return self._recall.known

    @property
    def recall(self) -> Recall:
        """Everything remembered of readings, as it is now."""
        return self._recall

    def read(self, delivery: Delivery) -> Sequence[Observation]:
        """What one delivery means; a defect of an adapter is raised."""
        found, copies = list[Observation](), list[str]()
        self.copies = ()
        topic, at = delivery.topic, delivery.received_at
        for adapter in self._readers_of(topic):
            families = self._recall.families
            for reading in adapter.parse(topic, delivery.payload, delivery.retained, at):
                self._recall, meant = recall(self._recall, adapter, reading, self.shelf)
                found.extend(meant)
                copies.extend(self._recall.copies)
                self._ask(adapter, meant)
            if self._recall.families is not families:
                self._follow_declared(adapter)
        self.copies = copies
        return found

    def open(self, adapters: Sequence[Adapter]) -> None:
        """Read by these families from now on, each with what it remembers."""
        self._adapters = adapters
        self._readers.clear()
        kept = {one: own for one, own in self._recall.families.items() if one in adapters}
        self._recall = replace(self._recall, families=kept)

    def _ask(self, adapter: Adapter, meant: Sequence[Observation]) -> None:
        """Births that are missing; the family itself sees to it that it does not ask often."""
        for one in meant:
            is_wanted = isinstance(one, Diagnostic) and one.finding is Finding.rebirth_wanted
            if is_wanted and isinstance(adapter, Reborn):
                self._say(*adapter.rebirth(one.device))

    def _readers_of(self, topic: str) -> Sequence[Adapter]:
        """Remembered: devices speak on few topics, and every family has to be asked."""
        found = self._readers.get(topic)
        if found is None:
            if len(self._readers) >= MOST_TOPICS:
                self._readers.clear()
            readers = adapters_of(self._recall, self._adapters, topic)
            found = self._readers[topic] = () if is_own(topic) else readers
        return found

    def _follow_declared(self, adapter: Adapter) -> None:
        """Values may stand on topics of their own, told by a discovery."""
        fresh = declared(self._recall, adapter) - self._declared
        if fresh and len(self._declared) + len(fresh) <= MOST_TOPICS:
            self._declared = self._declared | fresh
            self._readers.clear()
            self._listen_also(fresh)
