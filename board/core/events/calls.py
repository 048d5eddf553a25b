"""Events about help calls. `call` names it; `job` is '' where no car is concerned."""

from dataclasses import dataclass

from board.core.calls import CallEnd, CallKind, CallStep
from board.core.roles import Role


@dataclass(frozen=True)
class HelpCalled:
    """Somebody called for help at a bay."""

    call: str
    kind: CallKind
    bay: str
    job: str = ""


@dataclass(frozen=True)
class CallAnswered:
    """Somebody said that they come."""

    call: str
    job: str = ""


@dataclass(frozen=True)
class CallReached:
    """Who helps is at the bay."""

    call: str
    job: str = ""


@dataclass(frozen=True)
class CallClosed:
    """A call is over. `over`: its car or bay has gone, the day or the shift is over; None when
    somebody closed it.
    """

    call: str
    over: CallEnd | None = None
    job: str = ""


@dataclass(frozen=True)
class CallEscalated:
    """Nobody had answered in time; the role was told."""

    call: str
    to: Role
    job: str = ""


@dataclass(frozen=True)
class CallUndone:
    """Who made a step of a call took it back; undoing the call itself, it never was."""

    call: str
    step: CallStep
    job: str = ""
