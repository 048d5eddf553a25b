"""Who may ask what: one table. Plain moves ask the workflow's ways instead."""

from collections.abc import Collection

from board.core import commands as c
from board.core.calls import ANSWERERS
from board.core.job import Job
from board.core.lines import Parts
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES, Actor, Role

_EVERYBODY = frozenset(PEOPLE_ROLES)
_AT_THE_DESK = frozenset({Role.advisor, Role.controller})
_AT_THE_CAR = frozenset({Role.technician, Role.team_leader, Role.controller})
_HOLDERS = frozenset(
    {
        Role.technician,
        Role.team_leader,
        Role.inspector,
        Role.advisor,
        Role.controller,
        Role.parts,
    }
)
# A shop may name them as owners of holds; the rules ask whether it did.
_OWNERS_BY_CHOICE = frozenset({Role.washer, Role.cashier, Role.warranty_clerk})
_PARTS_DESK = frozenset({Role.parts, Role.controller, Role.advisor})
_MANAGER = frozenset({Role.manager})
_FILE_KEEPERS = frozenset({Role.advisor, Role.manager})
_CLOCK = frozenset({Role.timekeeper})
_AT_THE_TILL = frozenset({Role.cashier, Role.advisor})
# Nobody keeps the gate alone: it is part of handing over. A manager there needs no reason.
_AT_THE_GATE = _AT_THE_TILL | {Role.controller, Role.manager}
_OF_THE_DAY = frozenset({Role.controller, Role.manager})

ASKERS: dict[type[c.Command], frozenset[Role]] = {
    c.SetUpShop: _MANAGER,
    c.ImportShop: _MANAGER,
    c.SetUpBay: _MANAGER,
    c.RemoveBay: _MANAGER,
    c.SetUpPerson: _MANAGER,
    c.RemovePerson: _MANAGER,
    c.ChooseWorkflow: _MANAGER,
    c.NoteAccess: _EVERYBODY | {Role.timekeeper, Role.device},
    c.BookJob: _AT_THE_DESK,
    c.ReceiveJob: _AT_THE_DESK,
    c.DescribeJob: _AT_THE_DESK,
    c.MoveJob: _EVERYBODY,
    c.DispatchJob: _AT_THE_DESK,
    c.PlaceCar: _EVERYBODY,
    c.PromiseJob: _AT_THE_DESK,
    c.FlagJob: _AT_THE_DESK,
    c.CancelJob: _AT_THE_DESK,
    c.SaveSheet: _AT_THE_DESK,
    c.SignOrder: frozenset({Role.advisor}),
    c.UndoMove: _EVERYBODY,
    c.EraseCar: _MANAGER | _CLOCK,
    c.HoldJob: _HOLDERS | _OWNERS_BY_CHOICE,
    c.ResumeJob: _HOLDERS | _OWNERS_BY_CHOICE,
    c.MergeCars: _FILE_KEEPERS,
    c.PartCars: _FILE_KEEPERS,
    c.AddLine: _AT_THE_DESK | _AT_THE_CAR | {Role.parts},
    c.ProposeLine: _AT_THE_DESK | _AT_THE_CAR | {Role.inspector, Role.parts},
    c.NoteJob: _EVERYBODY,
    c.PriceLine: _AT_THE_DESK | {Role.parts},
    c.AskCustomer: _AT_THE_DESK,
    c.ChangeLine: _AT_THE_DESK | {Role.team_leader, Role.parts},
    c.WithdrawLine: _AT_THE_DESK | {Role.team_leader},
    c.ImportCatalogue: _MANAGER,
    c.ChangeItem: _MANAGER,
    c.WithdrawItem: _MANAGER,
    c.StartIndirect: _AT_THE_CAR,
    c.StopIndirect: _AT_THE_CAR,
    c.CorrectIndirect: frozenset({Role.controller}),
    c.CloseIndirect: _CLOCK,
    c.DecideLine: _AT_THE_DESK | {Role.customer},
    c.KeepPromise: _AT_THE_DESK,
    c.RenewCode: _AT_THE_DESK,
    c.RenewLink: _AT_THE_DESK,
    c.SupplyLine: frozenset({Role.parts, Role.controller, Role.advisor, Role.technician}),
    c.RequestPart: _AT_THE_CAR | {Role.advisor, Role.parts},
    c.PickPart: _PARTS_DESK,
    c.OrderPart: _PARTS_DESK,
    c.IssuePart: _PARTS_DESK | _AT_THE_CAR,
    c.ReportWrongPart: _PARTS_DESK | _AT_THE_CAR,
    c.ReturnPart: _PARTS_DESK,
    c.CancelPart: _PARTS_DESK | _AT_THE_CAR,
    c.NoteLateParts: _CLOCK,
    c.StartLine: _AT_THE_CAR,
    c.PauseLine: _AT_THE_CAR,
    c.FinishLine: _AT_THE_CAR,
    c.ShowBadge: _AT_THE_CAR,
    c.CorrectClock: frozenset({Role.controller}),
    c.PassCheck: frozenset({Role.technician, Role.team_leader, Role.inspector}),
    c.FailCheck: frozenset({Role.technician, Role.team_leader, Role.inspector}),
    c.MarkPoint: frozenset({Role.technician, Role.team_leader, Role.inspector}),
    c.SetUpChecks: _MANAGER,
    c.LinkComeback: _AT_THE_DESK | {Role.team_leader, Role.inspector},
    c.StartRoadTest: frozenset({Role.inspector}),
    c.EndRoadTest: frozenset({Role.inspector}),
    c.ChangeBay: frozenset({Role.controller, Role.timekeeper}),
    c.ReportBay: frozenset({Role.device}),
    c.AskAboutBay: _CLOCK,
    c.LapseQuestion: _CLOCK,
    c.AnswerQuestion: _AT_THE_DESK,
    c.MarkNoShow: _CLOCK,
    c.MarkUnclaimed: _CLOCK,
    c.RemindHold: _CLOCK,
    c.EscalateHold: _CLOCK,
    c.CloseBreak: _CLOCK,
    c.CloseClock: _CLOCK,
    c.ForgetJob: _CLOCK,
    c.SettleJob: _AT_THE_TILL,
    c.PayJob: _AT_THE_TILL,
    c.TickHandover: frozenset({Role.advisor}),
    c.IssueGatePass: _AT_THE_TILL,
    c.UseGatePass: _AT_THE_GATE,
    c.OpenDay: _OF_THE_DAY,
    c.DecideCarryOver: _OF_THE_DAY | {Role.advisor},
    c.CloseDay: _OF_THE_DAY,
    c.ReopenDay: _OF_THE_DAY,
    c.MarkAbsent: _OF_THE_DAY,
    c.EndAbsence: _OF_THE_DAY,
}

_FRONT_DESK = _AT_THE_DESK | {Role.parts, Role.cashier}
ASKERS |= {
    c.ChangeBooking: _AT_THE_DESK,
    c.TickPreparation: frozenset({Role.parts, Role.controller}),
    c.ProposeArrival: frozenset({Role.device}),
    c.PassGate: frozenset({Role.device}),
    c.AnswerArrival: _AT_THE_DESK,
    c.ArriveJob: _AT_THE_DESK,
    c.SwitchPeak: _AT_THE_DESK,
    # Whoever greets: at the peak that is who has a hand free, and no more is asked of them.
    c.TakeTicket: _FRONT_DESK,
    c.CallNext: frozenset({Role.advisor}),
    c.CallTicket: frozenset({Role.advisor}),
    c.PassTicket: frozenset({Role.advisor}),
    c.ReturnTicket: _FRONT_DESK,
}

# Of which kind a call is, and so who may answer it, is asked by the rules.
_HELPERS = frozenset().union(*ANSWERERS.values())
ASKERS |= {
    c.CallHelp: _EVERYBODY | {Role.device},
    c.AnswerCall: _HELPERS,
    c.ReachCall: _HELPERS,
    c.CloseCall: _EVERYBODY,
    c.UndoCall: _EVERYBODY,
    c.EscalateCall: _CLOCK,
    c.EndCall: _CLOCK,
}

SUPPLIERS: dict[Parts, frozenset[Role]] = {
    Parts.none: ASKERS[c.CancelPart],
    Parts.requested: ASKERS[c.RequestPart],
    Parts.picked: ASKERS[c.PickPart],
    Parts.ordered: ASKERS[c.OrderPart],
    Parts.issued: ASKERS[c.IssuePart],
}
"""Who may say of a line's parts as a whole what they may say of one part."""


def permit(roles: Collection[Role], actor: Actor, reason: str) -> Refused | None:
    """None when `actor` holds one of `roles`; a manager may too, with a reason."""
    if actor.has(*roles):
        return None
    if not actor.has(Role.manager):
        return Refused("not_allowed")
    return None if reason.strip() else Refused("reason_needed", fields=("reason",))


def may_ask(command: c.Command, actor: Actor) -> Refused | None:
    """None when the actor's roles allow this kind of command."""
    return permit(ASKERS[type(command)], actor, command.reason)


def is_own(job: Job, actor: Actor) -> bool:
    """Whether the job is assigned to the actor, as lead or helper on a line."""
    on_lines = (who for line in job.lines for who in line.technicians)
    return actor.id in job.technicians or actor.id in on_lines


def may_name_price(actor: Actor) -> bool:
    """Whether the actor says what something costs: whoever prices, and who leads a team."""
    return actor.has(*ASKERS[c.PriceLine], Role.team_leader, Role.manager)


def only_a_technician(actor: Actor, among: Collection[Role]) -> bool:
    """Whether the technician's role is the only one of `among` that the actor holds."""
    return actor.roles & frozenset(among) == {Role.technician} and not actor.has(Role.manager)
