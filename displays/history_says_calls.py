"""What the entries about help calls bring: what was called for, who was told, why it ended."""

from collections.abc import Iterable

from board.core import events as e
from displays.dialog_asks import Ask
from displays.history_says import Said, of_bay, says


@says.register
def _called(event: e.HelpCalled, ask: Ask) -> Iterable[Said]:
    return [Said("call", event.kind.value), of_bay(event.bay, ask)]


@says.register
def _escalated(event: e.CallEscalated, ask: Ask) -> Iterable[Said]:
    return [Said("told", event.to.value)]


@says.register
def _closed(event: e.CallClosed, ask: Ask) -> Iterable[Said]:
    return [Said("call_over", event.over.value if event.over else "")]
