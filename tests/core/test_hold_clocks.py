"""Whatever happens to a job, the clocks of its holds add up to the time it was held."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from board.core import commands as c
from board.core.holds import CALENDAR, HoldReason
from board.core.job import Job
from board.core.lines import Parts
from board.core.roles import Actor, Role
from tests.builders import ANNA, CARL, CLOCK, LEE, PIA, TOM, Trial, working

Deed = tuple[c.Command, Actor]


def deeds(trial: Trial) -> list[Deed]:
    """What may happen to j1 now; much of it is refused."""
    soon = trial.now + timedelta(minutes=40)
    holds = [c.HoldJob(job="j1", hold=r, note="n", expected=soon) for r in HoldReason]
    return [
        *((hold, CARL) for hold in holds),
        (c.ResumeJob(job="j1"), ANNA),
        (c.StartLine(job="j1"), TOM),
        (c.PauseLine(job="j1", hold=HoldReason.parts_issue), TOM),
        (c.PauseLine(job="j1", hold=HoldReason.pause), TOM),
        (c.FinishLine(job="j1"), TOM),
        (c.FailCheck(job="j1", defect="leak"), LEE),
        (c.RequestPart(job="j1", line="1", text="Seal"), TOM),
        (c.OrderPart(job="j1", line="1", expected=soon), PIA),
        (c.PickPart(job="j1", line="1"), PIA),
        (c.IssuePart(job="j1", line="1"), PIA),
        (c.CancelPart(job="j1", line="1"), PIA),
        (c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA),
        (c.RemindHold(job="j1"), CLOCK),
        (c.EscalateHold(job="j1"), CLOCK),
        (c.MoveJob(job="j1", to="dispatched"), CARL),
    ]


STEPS = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from((0, 1, 59, 1800, 4000))), max_size=30
)


def clocked_seconds(job: Job, trial: Trial) -> float:
    """The clocks of all holds of the job, the open one until now."""
    spans = [ended.ended_at - ended.hold.at for ended in job.past_holds]
    open_span = [trial.now - job.hold.at] if job.hold else []
    return sum((span.total_seconds() for span in (*spans, *open_span)), 0.0)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_hold_clocks_add_up_to_the_time_held_and_every_hold_has_an_owner(
    steps: list[tuple[int, int]],
) -> None:
    trial = working(Trial())
    held_seconds = 0
    for choice, pause in steps:
        possible = deeds(trial)
        command, actor = possible[choice % len(possible)]
        trial.when(command, actor).later(seconds=pause)
        job = trial.job()
        held_seconds += pause if job.state == "held" else 0
        assert job.hold is None or job.hold.owner in {*Role, CALENDAR}
        assert clocked_seconds(job, trial) == held_seconds
