"""The shop as lamps, voices and other programs are shown it: by the tones of the board's own
screens, and masked as for the lounge.

A part of the wiring: what screens show reaches devices only here, as one small value.
"""

from collections.abc import Callable
from datetime import datetime

from board.core.bays import Bay, Presence
from board.core.call_places import call_at, told_at
from board.core.calls import CallKind, CallStep
from board.core.conditions import condition
from board.core.days import local
from board.core.job import Job
from board.core.plates import masked_tail
from board.core.promises import Tone, tone, tone_changes_at
from board.core.shop import Shop
from board.core.workflow import Lane
from board.languages import Languages
from devices import shown
from devices.shown import Announced, BayShown, JobShown, Says, ShopShown
from displays.sentences import sentence
from displays.views.bay_faces import Face, face, shown_job
from displays.views.bay_memory import BayMemory
from displays.views.lounge import may_be_seen, plate_mask
from displays.views.parts import JobMemory, Made, soonest
from displays.views.speech import Announcement, help_calls, ready_calls, turn_calls

TONES = {
    "s-act": shown.Tone.attention,
    "s-warn": shown.Tone.attention,
    "s-late": shown.Tone.late,
    "s-help": shown.Tone.help,
}
"""By the style of a row on the workshop TV; every other is neutral."""
SAFETY = "call-safety"


class ShownToDevices:
    """One shop from look to look: what did not change is not made again."""

    def __init__(
        self, shop: Callable[[], Shop], clock: Callable[[], datetime], languages: Languages
    ) -> None:
        self._shop = shop
        self._clock = clock
        self._languages = languages
        self._bays = BayMemory(self._bay)
        self._memory = JobMemory(_job, self._told)
        self._jobs: dict[str, JobShown] = {}
        self._ready, self._turn = ready_calls(), turn_calls()

    def look(self) -> ShopShown:
        """The shop now."""
        shop, now = self._shop(), self._clock()
        self._memory.look(shop, now)
        there = local(now, shop.settings)
        return ShopShown(
            name=shop.settings.name,
            now=now.timestamp(),
            minute=60 * there.hour + there.minute,
            bays=tuple(self._bays.look(shop, now).values()),
            jobs=tuple(self._jobs.values()),
            announced=self._announced(shop, now),
        )

    def _told(self, job_id: str, _before: JobShown | None, after: JobShown | None) -> None:
        if after is not None:
            self._jobs[job_id] = after
        else:
            self._jobs.pop(job_id, None)

    def _bay(self, shop: Shop, bay: Bay, now: datetime) -> Made[BayShown]:
        seen, car = face(shop, bay, now), shown_job(shop, bay)
        call = call_at(shop, bay.id) if seen.style.startswith("s-help") else None
        ticket, plate = masked(shop, car)
        view = BayShown(
            bay=bay.id,
            name=bay.name,
            tone=_tone(seen, call is not None and call.kind == CallKind.safety),
            word=self._languages.translations(shop.settings.language).gettext(seen.word),
            coming=call is not None and call.step != CallStep.open,
            rang=max((call.called.at, *call.escalated)).timestamp() if call else None,
            occupied=_occupied(shop, bay),
            sensed=bay.sensed is not None,
            condition=condition(shop, bay).value,
            late=car is not None and tone(car, now) == Tone.late,
            ticket=ticket,
            plate=plate,
        )
        return view, _changes_at(car, now)

    def _announced(self, shop: Shop, now: datetime) -> tuple[Announced, ...]:
        asked = {told_at(shop, call) or call.bay for call in shop.calls.values()}
        helped = [(bay, one) for bay in sorted(asked) for one in help_calls(bay)(shop, now)]
        return (
            *(self._said(shop, Says.help, one, bay) for bay, one in helped),
            *(self._said(shop, Says.ready, one) for one in self._ready(shop, now)),
            *(self._said(shop, Says.turn, one) for one in self._turn(shop, now)),
        )

    def _said(self, shop: Shop, says: Says, one: Announcement, bay: str = "") -> Announced:
        language = shop.settings.language
        told = sentence(one, language, self._languages.translations(language))
        return Announced(
            key=f"{one.key}-{one.turn}",
            says=says,
            text=told.text,
            language=language,
            due=float(one.at),
            bay=bay,
            urgent=one.what == SAFETY,
        )


def _tone(seen: Face, is_safety: bool) -> shown.Tone:
    if is_safety:
        return shown.Tone.safety
    return TONES.get(seen.style.partition(" ")[0], shown.Tone.neutral)


def _changes_at(car: Job | None, now: datetime) -> datetime | None:
    if car is None:
        return None
    due = car.hold.expected if car.hold else None
    return soonest(tone_changes_at(car, now), due if due and due > now else None)


def _occupied(shop: Shop, bay: Bay) -> bool | None:
    """By the board, else by the bay's sensors; where these cannot tell nobody can."""
    if shop.car_in(bay.id) is not None:
        return True
    sensed = bay.sensed.presence if bay.sensed else Presence.absent
    return {Presence.present: True, Presence.absent: False}.get(sensed)


def masked(shop: Shop, job: Job | None) -> tuple[str, str]:
    """Ticket and plate as the lounge shows them; nothing of a car that it may not show."""
    if job is None or not may_be_seen(shop, job):
        return "", ""
    return job.ticket, masked_tail(job.car.plate) if plate_mask(job.car.plate).shown else ""


def _job(shop: Shop, job: Job, now: datetime) -> Made[JobShown | None]:
    lane = shop.workflow.lane_of(job.state)
    if job.is_closed or lane == Lane.arrivals:
        return None, None
    ticket, plate = masked(shop, job)
    view = JobShown(
        job=job.id,
        state=job.state,
        lane=lane.value,
        bay=job.in_bay,
        held=job.hold is not None,
        late=tone(job, now) == Tone.late,
        ticket=ticket,
        plate=plate,
    )
    return view, tone_changes_at(job, now)
