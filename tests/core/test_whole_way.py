"""The whole way of a car, from the booking to the gate, in whatever order people go about it.

Three cars, two technicians, everything a shop may want before delivery. What is looked at after
every step and at the end stands in `three_cars`.
"""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from board.core import commands as c
from board.core.calls import CallKind
from board.core.check_points import Verdict
from board.core.holds import HoldReason
from board.core.job import Where
from board.core.roles import Actor, Role
from board.core.sheet import Sheet
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    INES,
    LEE,
    LENA,
    PIA,
    TINA,
    TOM,
    WILLY,
    answered,
)
from tests.core.three_cars import CARS, ThreeCars
from tests.core.usher import CASS, LEO

PEOPLE = (ANNA, CARL, TOM, TINA, LEE, LEO, INES, PIA, WILLY, CASS)
OWNERS = tuple(EVERY_ROLE[role] for role in Role if role not in {Role.customer, Role.device})
LINES = st.integers(-1, 2)
PRICES = st.sampled_from((100_00, 100_00, 260_00, 0, None))
HANDS = st.sampled_from((TOM, TINA, CARL))
WHO = st.sampled_from(("tom", "tina"))


class WholeWay(ThreeCars):
    """What people do beside the usual way; a refusal is an answer like any other."""

    @rule(job=CARS, asked=st.text("ab", max_size=3), wash=st.sampled_from((None, True, False)))
    def sheet(self, job: str, asked: str, wash: bool | None) -> None:
        sheet = Sheet(wash=wash)
        self.ask(c.SaveSheet(job=job, sheet=sheet, asked=asked, mileage=41_000, reason="so"), ANNA)

    @rule(job=CARS, code=st.sampled_from(("", "A40")), proposed=st.booleans(), number=LINES)
    def lines_change(self, job: str, code: str, proposed: bool, number: int) -> None:
        self.ask(c.AddLine(job=job, text="Tyres", code=code, proposed=proposed), ANNA)
        self.ask(c.WithdrawLine(job=job, line=self.line(job, number)), LEO)

    @rule(job=CARS, stops=st.booleans(), by=st.sampled_from((TOM, LEE)), price=PRICES)
    def more_work_is_found(self, job: str, stops: bool, by: Actor, price: int | None) -> None:
        self.ask(c.ProposeLine(job=job, text="Pads", stops_work=stops, standard_hours=9), by)
        if price is not None:
            self.is_priced(job, -1, price)
            self.ask(c.AskCustomer(job=job), ANNA)
            self.customer_answers(job, -1, price > 0, price)

    @rule(job=CARS, number=LINES, price=PRICES)
    def is_priced(self, job: str, number: int, price: int | None) -> None:
        line = self.line(job, number)
        self.ask(c.PriceLine(job=job, line=line, price=price, parts_price=price), PIA)

    @rule(job=CARS, number=LINES, yes=st.booleans(), price=PRICES)
    def customer_answers(self, job: str, number: int, yes: bool, price: int | None) -> None:
        told = {"price": price, "parts_price": price, "line": self.line(job, number)}
        self.ask(c.DecideLine(job=job, approved=yes, **told), LENA)  # type: ignore[arg-type]

    @rule(job=CARS, number=LINES, yes=st.booleans())
    def advisor_answers(self, job: str, number: int, yes: bool) -> None:
        self.ask(answered(approved=yes, line=self.line(job, number), job_id=job), ANNA)

    @rule(job=CARS, who=WHO, bay=st.sampled_from(("1", "2")))
    def is_dispatched(self, job: str, who: str, bay: str) -> None:
        self.ask(c.DispatchJob(job=job, bay=bay, technicians=(who,)), CARL)

    @rule(job=CARS, number=LINES, by=HANDS, who=WHO)
    def clock_starts(self, job: str, number: int, by: Actor, who: str) -> None:
        line = self.line(job, number)
        self.ask(c.StartLine(job=job, line=line, technician=who if by is CARL else ""), by)

    @rule(job=CARS, by=HANDS, who=WHO, hold=st.sampled_from((None, *HoldReason)))
    def clock_stops(self, job: str, by: Actor, who: str, hold: HoldReason | None) -> None:
        at = self.trial.now + timedelta(hours=2)
        whose = who if by is CARL else ""
        self.ask(c.PauseLine(job=job, technician=whose, hold=hold, note="so", expected=at), by)

    @rule(job=CARS, number=LINES, by=HANDS, who=WHO)
    def line_is_done(self, job: str, number: int, by: Actor, who: str) -> None:
        line = self.line(job, number)
        self.ask(c.FinishLine(job=job, line=line, technician=who if by is CARL else ""), by)

    @rule(by=st.sampled_from((TOM, TINA)), code=st.sampled_from(("training", "cleaning", "")))
    def off_the_cars(self, by: Actor, code: str) -> None:
        self.ask(c.StartIndirect(code=code) if code else c.StopIndirect(), by)

    @rule(job=CARS, who=WHO, minutes=st.integers(-40, 40))
    def clock_is_corrected(self, job: str, who: str, minutes: int) -> None:
        lines = self.trial.shop.jobs[job].lines if job in self.trial.shop.jobs else ()
        found = [(line.id, one) for line in lines for one in line.clocks if one.technician == who]
        if found:
            line, one = found[-1]
            about = {"job": job, "line": line, "technician": who, "started_at": one.started_at}
            at = one.started_at + timedelta(minutes=minutes)
            self.ask(c.CorrectClock(**about, ended_at=at, reason="forgot"), CARL)  # type: ignore[arg-type]

    @rule(job=CARS, hold=st.sampled_from(list(HoldReason)), by=st.sampled_from(PEOPLE))
    def is_held(self, job: str, hold: HoldReason, by: Actor) -> None:
        at = self.trial.now + timedelta(hours=1)
        self.ask(c.HoldJob(job=job, hold=hold, note="so", expected=at), by)

    @rule(job=CARS, by=st.sampled_from(OWNERS))
    def is_resumed(self, job: str, by: Actor) -> None:
        self.ask(c.ResumeJob(job=job), by)

    @rule(job=CARS, number=LINES, step=st.sampled_from((0, 0, 0, 1, 2, 3, 4, 5, 6)))
    def parts(self, job: str, number: int, step: int) -> None:
        at = self.trial.now + timedelta(hours=3)
        about = {"job": job, "line": self.line(job, number)}
        steps: tuple[tuple[c.Command, Actor], ...] = (
            (c.RequestPart(job=job, line=about["line"], text="Seal"), LEE),
            (c.PickPart(**about), PIA),
            (c.OrderPart(**about, expected=at), PIA),
            (c.IssuePart(**about, receiver="tom"), PIA),
            (c.ReportWrongPart(**about, part="1", why="another model"), LEE),
            (c.ReturnPart(**about), PIA),
            (c.CancelPart(**about), PIA),
        )
        self.ask(*steps[step])

    @rule(job=CARS, by=st.sampled_from((TOM, LEE, LEO, INES)), verdict=st.sampled_from(Verdict))
    def point_is_marked(self, job: str, by: Actor, verdict: Verdict) -> None:
        for point in ("work_done", "complaint_gone", "order_read"):
            about = {"job": job, "point": point, "note": "seen", "defect": "torque"}
            self.ask(c.MarkPoint(**about, verdict=verdict), by)  # type: ignore[arg-type]

    @rule(job=CARS, by=st.sampled_from((TOM, LEE, LEO, INES)), good=st.booleans(), number=LINES)
    def is_checked(self, job: str, by: Actor, good: bool, number: int) -> None:
        lines = (self.line(job, number),) if number >= 0 else ()
        bad = c.FailCheck(job=job, defect="torque", lines=lines)
        self.ask(c.PassCheck(job=job) if good else bad, by)

    @rule(job=CARS, km=st.sampled_from((None, 90, 100, 110)), back=st.booleans())
    def road_test(self, job: str, km: int | None, back: bool) -> None:
        self.ask(c.EndRoadTest(job=job, km=km) if back else c.StartRoadTest(job=job, km=km), INES)

    @rule(job=CARS, discount=st.sampled_from((0, 10_00)), charges=st.sampled_from((0, 15_00)))
    def is_settled(self, job: str, discount: int, charges: int) -> None:
        why = {"discount_reason": "kind", "charges_reason": "disposal", "reason": "anew"}
        self.ask(c.SettleJob(job=job, discount=discount, charges=charges, **why), CASS)

    @rule(job=CARS, to=st.sampled_from(("delivered", "ready", "awaiting_settlement", "washing")))
    def is_moved(self, job: str, to: str) -> None:
        self.ask(c.MoveJob(job=job, to=to), ANNA)

    @rule(job=CARS, by=st.sampled_from(PEOPLE))
    def is_taken_back(self, job: str, by: Actor) -> None:
        self.ask(c.UndoMove(job=job), by)

    @rule(job=CARS, bay=st.sampled_from(("1", "2", "")))
    def is_placed(self, job: str, bay: str) -> None:
        where = Where.bay if bay else Where.parking
        self.ask(c.PlaceCar(job=job, where=where, spot=bay or "P1"), WILLY)

    @rule(job=CARS, kind=st.sampled_from(CallKind), by=st.sampled_from(PEOPLE))
    def help_is_called(self, job: str, kind: CallKind, by: Actor) -> None:
        self.ask(c.CallHelp(job=job, kind=kind), by)

    @rule(number=st.integers(1, 4), step=st.integers(0, 3), by=st.sampled_from(PEOPLE))
    def help_comes(self, number: int, step: int, by: Actor) -> None:
        steps = (c.AnswerCall, c.ReachCall, c.CloseCall, c.UndoCall)
        self.ask(steps[step](call=str(number)), by)


TestWholeWay = WholeWay.TestCase
TestWholeWay.settings = settings(
    max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
