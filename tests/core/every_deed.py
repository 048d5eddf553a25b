"""A sample of every command about a job that is there, as it would be asked in any state.

`before` is done first, where it can be. Run as a module it prints who is granted what, in the form
of who_may_when.toml: read every difference against the trade before it is taken over.
"""

import sys
from collections.abc import Iterator
from datetime import timedelta

from board.core import commands as c
from board.core.day_book import Choice
from board.core.handover import Means
from board.core.holds import HoldReason
from board.core.job import Flag, Where
from board.core.lines import Parts
from board.core.workflow import Through
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    NOW,
    TOM,
    Trial,
    answered,
)
from tests.core.deed import Deed, by_whom, last_line
from tests.core.deeds_of_arrivals import ARRIVAL_DEEDS
from tests.core.deeds_of_calls import CALL_DEEDS
from tests.core.deeds_of_parts import PARTS_DEEDS

LATER = NOW + timedelta(days=2)


def _on_the_phone(trial: Trial) -> c.Command:
    line = last_line(trial)
    return c.DecideLine(job="j1", line=line, approved=True, price=10, parts_price=20)


def _clock(trial: Trial) -> c.Command:
    clocks = [clock for line in trial.job().lines for clock in line.clocks]
    began = clocks[0].started_at if clocks else NOW
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": began}
    return c.CorrectClock(**about, ended_at=began + _MINUTE, reason="forgot")  # type: ignore[arg-type]


_OLD = "R2609-0815"
_MINUTE = timedelta(seconds=30)
_ADDED = ((c.AddLine(job="j1", text="Wiper blades", price=500), ANNA),)
_PROPOSED = ((c.AddLine(job="j1", text="Wiper blades", proposed=True), ANNA),)
_PRICED = tuple(
    (c.PriceLine(job="j1", line=line, price=10, parts_price=20, standard_hours=99), ANNA)
    for line in ("1", "2")
)
_ASKED = ((c.AskCustomer(job="j1"), ANNA),)
_PROMISE_ASKED = (
    (c.PromiseJob(job="j1", at=LATER, reason="told"), ANNA),
    *_PROPOSED,
    *_PRICED,
    *((answered(line=line), ANNA) for line in ("1", "2")),
)
_STATEMENT = c.SettleJob(job="j1", charges=900, charges_reason="disposal")
_RUNNING = ((c.StartLine(job="j1", technician="tom"), TOM),)


def _moves() -> Iterator[Deed]:
    ways = [way for state in SHIPPED.steps for way in SHIPPED.ways_from(state)]
    for to in dict.fromkeys(way.to for way in ways if way.through == Through.move):
        yield Deed(
            f"move_job to {to}",
            lambda trial, to=to: c.MoveJob(  # type: ignore[misc]
                job="j1", to=to, booked_for=LATER if to == "booked" else None
            ),
        )


def _first_point(trial: Trial) -> str:
    firsts = {"self_check": "work_done", "team_check": "complaint_gone"}
    return firsts.get(trial.job().state, "order_read")


DEEDS: tuple[Deed, ...] = (
    *_moves(),
    *PARTS_DEEDS,
    *ARRIVAL_DEEDS,
    *CALL_DEEDS,
    Deed("pass_check", lambda trial: c.PassCheck(job="j1")),
    Deed("describe_job", lambda trial: c.DescribeJob(job="j1", asked="oil too")),
    Deed("dispatch_job", lambda trial: c.DispatchJob(job="j1", bay="4", technicians=("tom",))),
    Deed("place_car", lambda trial: c.PlaceCar(job="j1", where=Where.parking, spot="B09")),
    Deed("promise_job", lambda trial: c.PromiseJob(job="j1", at=LATER)),
    Deed("flag_job", lambda trial: c.FlagJob(job="j1", add=frozenset({Flag.vip}))),
    Deed("cancel_job", lambda trial: c.CancelJob(job="j1", reason="changed their mind")),
    Deed("hold_job", lambda trial: c.HoldJob(job="j1", hold=HoldReason.parts_issue)),
    Deed("resume_job", lambda trial: c.ResumeJob(job="j1")),
    Deed("add_line", lambda trial: c.AddLine(job="j1", text="Tyres")),
    Deed("add_line proposed", lambda trial: c.AddLine(job="j1", text="Tyres", proposed=True)),
    Deed("change_line", lambda t: c.ChangeLine(job="j1", line=last_line(t), price=5), _ADDED),
    Deed("withdraw_line", lambda trial: c.WithdrawLine(job="j1", line=last_line(trial)), _ADDED),
    Deed(
        "decide_line",
        lambda trial: answered(line=last_line(trial)),
        (*_PROPOSED, *_PRICED),
    ),
    Deed("decide_line on the phone", _on_the_phone, (*_PROPOSED, *_PRICED, *_ASKED)),
    Deed("propose_line", lambda trial: c.ProposeLine(job="j1", text="Tyres", stops_work=True)),
    Deed(
        "price_line", lambda trial: c.PriceLine(job="j1", line=last_line(trial), price=5), _PROPOSED
    ),
    Deed("ask_customer", lambda trial: c.AskCustomer(job="j1"), (*_PROPOSED, *_PRICED)),
    Deed("keep_promise", lambda trial: c.KeepPromise(job="j1"), _PROMISE_ASKED),
    Deed("note_job", lambda trial: c.NoteJob(job="j1", note="rust at the sill")),
    Deed("renew_code", lambda trial: c.RenewCode(job="j1")),
    Deed("renew_link", lambda trial: c.RenewLink(job="j1")),
    Deed(
        "supply_line",
        lambda trial: c.SupplyLine(job="j1", line=last_line(trial), parts=Parts.picked),
    ),
    Deed("save_sheet", lambda trial: c.SaveSheet(job="j1", asked="oil too")),
    Deed("sign_order", lambda trial: c.SignOrder(job="j1", on_paper=True, paper="P-1")),
    Deed("start_line", lambda trial: c.StartLine(job="j1", technician="tom")),
    Deed("pause_line", lambda trial: c.PauseLine(job="j1", technician="tom"), _RUNNING),
    Deed("finish_line", lambda trial: c.FinishLine(job="j1", technician="tom"), _RUNNING),
    Deed("correct_clock", _clock),
    Deed("settle_job", lambda trial: _STATEMENT),
    Deed(
        "pay_job",
        lambda trial: c.PayJob(job="j1", means=Means.wechat, amount=900),
        ((_STATEMENT, ANNA),),
    ),
    Deed("tick_handover", lambda trial: c.TickHandover(job="j1", point="advice")),
    Deed("issue_gate_pass", lambda trial: c.IssueGatePass(job="j1", code="ABC234")),
    Deed(
        "decide_carry_over",
        lambda trial: c.DecideCarryOver(job="j1", choice=Choice.moved_out),
    ),
    Deed("fail_check", lambda trial: c.FailCheck(job="j1", defect="torque")),
    Deed("mark_point", lambda trial: c.MarkPoint(job="j1", point=_first_point(trial))),
    Deed("link_comeback", lambda trial: c.LinkComeback(job="j1", comeback_of=_OLD, reason="old")),
    Deed("start_road_test", lambda trial: c.StartRoadTest(job="j1", km=110)),
    Deed("end_road_test", lambda trial: c.EndRoadTest(job="j1", km=120)),
)


if __name__ == "__main__":
    for each in DEEDS:
        rows = [f'"{people}" = "{" ".join(states)}"' for people, states in by_whom(each).items()]
        sys.stdout.write("\n".join([f'["{each.name}"]', *rows, "", ""]))
