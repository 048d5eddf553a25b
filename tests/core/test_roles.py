"""Who may ask what: every command against every role."""

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.permissions import ASKERS, may_ask
from board.core.roles import Actor, Role
from tests.builders import ANNA, CARL, EVERY_ROLE, MONA, TINA, Trial, person, working

MANAGER = "manager"
DESK = "advisor controller"
HOLDERS = "advisor controller technician team_leader inspector parts"
CAR = "technician team_leader controller"
CHECKERS = "technician team_leader inspector"
STAFF = (
    "advisor controller technician team_leader inspector parts washer cashier warranty_clerk "
    "manager"
)
BY_CHOICE = "washer cashier warranty_clerk"
STORE = "parts controller advisor"
CLOCK = "timekeeper"
TILL = "cashier advisor"
DAY = "controller manager"
HELPERS = "controller manager parts team_leader inspector advisor"

MAY: dict[type[c.Command], str] = {
    c.SetUpShop: MANAGER,
    c.ImportShop: MANAGER,
    c.SetUpBay: MANAGER,
    c.RemoveBay: MANAGER,
    c.SetUpPerson: MANAGER,
    c.RemovePerson: MANAGER,
    c.ChooseWorkflow: MANAGER,
    c.NoteAccess: f"{STAFF} device timekeeper",
    c.BookJob: DESK,
    c.ReceiveJob: DESK,
    c.DescribeJob: DESK,
    c.MoveJob: STAFF,
    c.DispatchJob: DESK,
    c.PlaceCar: STAFF,
    c.PromiseJob: DESK,
    c.FlagJob: DESK,
    c.CancelJob: DESK,
    c.SaveSheet: DESK,
    c.SignOrder: "advisor",
    c.UndoMove: STAFF,
    c.EraseCar: "manager timekeeper",
    c.HoldJob: f"{HOLDERS} {BY_CHOICE}",
    c.ResumeJob: f"{HOLDERS} {BY_CHOICE}",
    c.MergeCars: "advisor manager",
    c.PartCars: "advisor manager",
    c.AddLine: f"{CAR} advisor parts",
    c.ProposeLine: f"{CAR} advisor inspector parts",
    c.NoteJob: STAFF,
    c.PriceLine: f"{DESK} parts",
    c.AskCustomer: DESK,
    c.ChangeLine: f"{DESK} team_leader parts",
    c.WithdrawLine: f"{DESK} team_leader",
    c.ImportCatalogue: MANAGER,
    c.ChangeItem: MANAGER,
    c.WithdrawItem: MANAGER,
    c.StartIndirect: CAR,
    c.StopIndirect: CAR,
    c.CorrectIndirect: "controller",
    c.CloseIndirect: CLOCK,
    c.DecideLine: f"{DESK} customer",
    c.KeepPromise: DESK,
    c.RenewCode: DESK,
    c.RenewLink: DESK,
    c.SupplyLine: "parts controller advisor technician",
    c.RequestPart: f"{CAR} advisor parts",
    c.PickPart: STORE,
    c.OrderPart: STORE,
    c.IssuePart: f"{STORE} {CAR}",
    c.ReportWrongPart: f"{STORE} {CAR}",
    c.ReturnPart: STORE,
    c.CancelPart: f"{STORE} {CAR}",
    c.NoteLateParts: CLOCK,
    c.StartLine: CAR,
    c.PauseLine: CAR,
    c.FinishLine: CAR,
    c.ShowBadge: CAR,
    c.CorrectClock: "controller",
    c.PassCheck: CHECKERS,
    c.FailCheck: CHECKERS,
    c.MarkPoint: CHECKERS,
    c.SetUpChecks: MANAGER,
    c.LinkComeback: f"{DESK} team_leader inspector",
    c.StartRoadTest: "inspector",
    c.EndRoadTest: "inspector",
    c.ChangeBay: "controller timekeeper",
    c.ReportBay: "device",
    c.AskAboutBay: CLOCK,
    c.LapseQuestion: CLOCK,
    c.AnswerQuestion: DESK,
    c.MarkNoShow: CLOCK,
    c.MarkUnclaimed: CLOCK,
    c.RemindHold: CLOCK,
    c.EscalateHold: CLOCK,
    c.CloseBreak: CLOCK,
    c.CloseClock: CLOCK,
    c.ForgetJob: CLOCK,
    c.ChangeBooking: DESK,
    c.TickPreparation: "parts controller",
    c.ProposeArrival: "device",
    c.PassGate: "device",
    c.AnswerArrival: DESK,
    c.ArriveJob: DESK,
    c.SwitchPeak: DESK,
    c.TakeTicket: f"{DESK} parts cashier",
    c.CallNext: "advisor",
    c.CallTicket: "advisor",
    c.PassTicket: "advisor",
    c.ReturnTicket: f"{DESK} parts cashier",
    c.SettleJob: TILL,
    c.PayJob: TILL,
    c.TickHandover: "advisor",
    c.IssueGatePass: TILL,
    c.UseGatePass: f"{TILL} controller manager",
    c.OpenDay: DAY,
    c.DecideCarryOver: f"{DAY} advisor",
    c.CloseDay: DAY,
    c.ReopenDay: DAY,
    c.MarkAbsent: DAY,
    c.EndAbsence: DAY,
    c.CallHelp: f"{STAFF} device",
    c.AnswerCall: HELPERS,
    c.ReachCall: HELPERS,
    c.CloseCall: STAFF,
    c.UndoCall: STAFF,
    c.EscalateCall: CLOCK,
    c.EndCall: CLOCK,
}


def bare(kind: type[c.Command], reason: str = "") -> c.Command:
    """A command of that kind with nothing filled in but the reason."""
    command = object.__new__(kind)
    object.__setattr__(command, "reason", reason)
    return command


def code(kind: type[c.Command], actor: Actor, reason: str = "") -> str:
    """The refusal's code, '' when the actor may ask."""
    refused = may_ask(bare(kind, reason), actor)
    return refused.code if refused else ""


def test_every_command_has_its_askers() -> None:
    assert ASKERS.keys() == MAY.keys()


@pytest.mark.parametrize("kind", MAY, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_ask_what_the_table_says(kind: type[c.Command], role: Role) -> None:
    allowed = role in MAY[kind].split()
    expected = "" if allowed else "reason_needed" if role == Role.manager else "not_allowed"
    assert code(kind, EVERY_ROLE[role]) == expected


@pytest.mark.parametrize("kind", MAY, ids=lambda kind: kind.__name__)
def test_a_manager_may_ask_everything_with_a_reason(kind: type[c.Command]) -> None:
    assert code(kind, MONA, "the others are at lunch") == ""
    assert code(kind, person("nobody", "Nobody"), "I want to") == "not_allowed"


def test_roles_add_up() -> None:
    both = person("both", "Both", Role.washer, Role.inspector)
    assert code(c.StartRoadTest, both) == ""
    assert code(c.PromiseJob, both) == "not_allowed"


def test_a_blank_reason_is_no_reason() -> None:
    assert code(c.PromiseJob, MONA, "  \n") == "reason_needed"


def test_a_technician_works_on_their_own_jobs_only() -> None:
    trial = working(Trial())
    for command in (
        c.StartLine(job="j1"),
        c.PauseLine(job="j1"),
        c.FinishLine(job="j1"),
        c.HoldJob(job="j1", hold=HoldReason.approval),
    ):
        trial.when(command, TINA).then_refused("not_your_job")


def test_an_unknown_job_is_said_to_be_unknown() -> None:
    trial = Trial()
    trial.when(c.MoveJob(job="j9", to="ready"), ANNA).then_refused("unknown_job")
    trial.when(c.UndoMove(job=""), CARL).then_refused("unknown_job")
