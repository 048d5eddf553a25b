"""Commands about help calls."""

from dataclasses import dataclass

from board.core.calls import CallKind
from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class CallHelp(Command):
    """Call for help at a bay: `parts`, `technical`, `quality`, `controller` or `safety`.

    Without `bay`: where the car of `job` stands or its work is planned; without both: where my
    clock runs, else my first home bay. Without `job`: the car that stands in the bay, if any.
    `technician`: whose clock and home bay are meant, if not mine. A button that calls for what is
    called for already changes nothing.
    """

    kind: CallKind
    bay: str = ""
    job: str = ""
    technician: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerCall(Command):
    """I come."""

    call: str


@dataclass(frozen=True, kw_only=True)
class ReachCall(Command):
    """I am here; answers the call too if nobody had."""

    call: str


@dataclass(frozen=True, kw_only=True)
class CloseCall(Command):
    """The help was given, or is not needed any more. For who called and for who may answer."""

    call: str


@dataclass(frozen=True, kw_only=True)
class UndoCall(Command):
    """Take back one's own last step of a call within 30 seconds: the call itself, or what was
    done about it.
    """

    call: str


@dataclass(frozen=True, kw_only=True)
class EscalateCall(Command):
    """Nobody has answered within the shop's time: tell the controller, and later the manager."""

    call: str


@dataclass(frozen=True, kw_only=True)
class EndCall(Command):
    """Shift end: a call that nobody closed is over."""

    call: str
