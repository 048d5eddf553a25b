"""A sample of every command about help calls, as it would be asked for the car of job j1."""

from board.core import commands as c
from board.core.calls import CallKind
from tests.builders import TOM, Trial
from tests.core.deed import Deed


def _called(kind: CallKind) -> c.Command:
    return c.CallHelp(job="j1", kind=kind)


def _latest(trial: Trial) -> str:
    return str(trial.shop.counters.get("call:", 0))


CALL_DEEDS: tuple[Deed, ...] = (
    Deed("call_help", lambda trial: _called(CallKind.parts)),
    *(
        Deed(
            f"answer_call {kind}",
            lambda trial: c.AnswerCall(call=_latest(trial)),
            ((_called(kind), TOM),),
        )
        for kind in CallKind
    ),
    Deed(
        "reach_call",
        lambda trial: c.ReachCall(call=_latest(trial)),
        ((_called(CallKind.technical), TOM),),
    ),
    Deed(
        "close_call",
        lambda trial: c.CloseCall(call=_latest(trial)),
        ((_called(CallKind.technical), TOM),),
    ),
)
