"""What devices in shadow would have done: heard and kept, and the board untouched.

Knows neither the desk nor messages. Bounded: of the last ones a list, of each device a count.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec.structs import replace

from devices.bindings import Bindings
from devices.memory import BayReport, Memory
from devices.verdict import judge

MOST_KEPT = 100


class Deed(StrEnum):
    """What would have been asked of the board."""

    report = "report"
    call = "call"
    badge = "badge"
    passage = "passage"
    plate = "plate"


@dataclass(frozen=True, slots=True)
class WouldBe:
    """One thing that would have been asked. `place`: the bay, a technician's place, or the gate.

    Of a report `value` is car, none or unknown and `detail` why; of a call its kind and the
    press; of a badge the person who holds it, '' for nobody, and its mark; of a plate its end.
    """

    at: datetime
    deed: Deed
    place: str
    device: str
    value: str
    detail: str = ""


WORDS: Mapping[bool | None, str] = {True: "car", False: "none", None: "unknown"}


def would_be(
    memory: Memory, bindings: Bindings, now: datetime
) -> tuple[Memory, tuple[BayReport, ...]]:
    """What each bay with sensors in shadow would say if they counted, and which of that is new.

    Between doubts, as for the board, a bay's last word stands.
    """
    wards = bindings.by_shadowed_bay
    if not wards and not memory.shadows:
        return memory, ()
    as_if = replace(memory, bays=memory.shadows)
    conflicts = dict(memory.shadow_conflicts)
    known = {bay: report for bay, report in memory.shadows.items() if bay in wards}
    fresh: list[BayReport] = []
    for bay, sensors in wards.items():
        report = judge(as_if, bay, sensors, conflicts, now)
        if report is None:
            continue
        before = known.get(bay)
        known[bay] = report
        if report.present is not (before.present if before else None):
            fresh.append(report)
    return replace(memory, shadows=known, shadow_conflicts=conflicts), tuple(fresh)


class Shadows:
    """What would have happened since the start."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.total = 0
        self._last: deque[WouldBe] = deque(maxlen=MOST_KEPT)
        self._counts: Counter[str] = Counter()

    def note(self, one: WouldBe) -> None:
        """Keep one."""
        self.total += 1
        self._last.append(one)
        self._counts[one.device] += 1

    def weigh(self, memory: Memory, bindings: Bindings, now: datetime) -> Memory:
        """Keep the reports that the board does not get; the memory after it."""
        if memory.settling:
            return memory
        after, reports = would_be(memory, bindings, now)
        for one in reports:
            value, why = WORDS[one.present], one.reason.value
            self.note(WouldBe(now, Deed.report, one.bay, one.device, value, why))
        return after

    def follow(self, bindings: Bindings) -> None:
        """Forget the counts of devices that are bound no more."""
        self._counts = Counter({k: n for k, n in self._counts.items() if k in bindings.devices})

    @property
    def last(self) -> tuple[WouldBe, ...]:
        """The last ones, the latest first."""
        return tuple(reversed(self._last))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many by device."""
        return dict(self._counts)
