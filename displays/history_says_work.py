"""What the entries about work bring: lines, clocks, checks, road tests and parts."""

from collections.abc import Iterable

from board.core import events as e
from displays.defect_words import told_defect
from displays.dialog_asks import Ask
from displays.history_says import Said, at_time, of_line, says


@says.register(e.LineStarted)
@says.register(e.LinePaused)
@says.register(e.LineFinished)
@says.register(e.LineRejected)
def _worked(event: e.LineStarted | e.LinePaused, ask: Ask) -> Iterable[Said]:
    return [of_line(event.line, ask), Said("hold", str(getattr(event, "reason", "")))]


@says.register
def _noted(event: e.JobNoted, ask: Ask) -> Iterable[Said]:
    about = [of_line(event.line, ask)] if event.line else []
    photos = Said("photos", str(len(event.photos) or ""))
    return [*about, Said("text", event.note), photos]


@says.register(e.CheckPassed)
@says.register(e.CheckFailed)
def _checked(event: e.CheckPassed | e.CheckFailed, ask: Ask) -> Iterable[Said]:
    level = event.level.value if event.level else ""
    defect = str(getattr(event, "defect", ""))
    told = Said("defect", told_defect(ask.shop, defect) if defect else "")
    return [Said("level", level), told, Said("text", event.note)]


@says.register(e.RoadTestStarted)
@says.register(e.RoadTestEnded)
def _driven(event: e.RoadTestStarted | e.RoadTestEnded, ask: Ask) -> Iterable[Said]:
    driver = getattr(event, "driver", "")
    km = "" if event.km is None else f"{event.km} km"
    told = (ask.shop.name_of(driver) if driver else "", km, getattr(event, "findings", ""))
    return [Said("text", text) for text in told]


@says.register(e.PartRequested)
@says.register(e.PartPicked)
@says.register(e.PartOrdered)
@says.register(e.PartIssued)
@says.register(e.PartWrong)
@says.register(e.PartReturned)
@says.register(e.PartCancelled)
@says.register(e.PartsLate)
def _part(event: e.PartPicked | e.PartsLate, ask: Ask) -> Iterable[Said]:
    lines = ask.job.lines if ask.job else ()
    asked = (one.text for line in lines for one in line.requests if one.id == event.part)
    receiver = getattr(event, "receiver", "")
    texts = (next(asked, ""), ask.shop.name_of(receiver) if receiver else "")
    expected = at_time("expected", getattr(event, "expected", None), ask)
    return [*(Said("text", one) for one in (*texts, getattr(event, "why", ""))), expected]


@says.register
def _changed(event: e.LineChanged, ask: Ask) -> Iterable[Said]:
    price = event.price + event.parts_price
    fen = Said("fen", str(price) if price else "")
    return [Said("text", event.text), fen, Said("text", event.reason)]


@says.register
def _withdrawn(event: e.LineWithdrawn, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.text), Said("text", event.reason)]


@says.register
def _clock(event: e.ClockCorrected, ask: Ask) -> Iterable[Said]:
    who = Said("text", ask.shop.name_of(event.technician))
    span = [at_time("time", event.begins_at, ask), at_time("until", event.ended_at, ask)]
    return [of_line(event.line, ask), who, *span, Said("text", event.reason)]


@says.register
def _answered(event: e.PointMarked, ask: Ask) -> Iterable[Said]:
    one = event.answered
    return [
        Said("level", event.level.value),
        Said("point_text", one.text),
        Said("verdict", one.verdict.value),
        Said("text", "" if one.value is None else f"{one.value:g} {one.unit}"),
        Said("defect", told_defect(ask.shop, one.defect) if one.defect else ""),
        Said("text", one.note),
    ]
