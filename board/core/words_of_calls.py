"""The trade's words for help calls: English message ids, translated at the edges."""

from board.core.calls import CallEnd, CallKind

CALL: dict[str, str] = {
    CallKind.parts: "Parts",
    CallKind.technical: "Technical",
    CallKind.quality: "Inspector",
    CallKind.controller: "Controller",
    CallKind.safety: "Safety",
}
"""What help is called for, short enough for a wall."""
CALL_OVER: dict[str, str] = {
    CallEnd.car: "The car has gone",
    CallEnd.bay: "The bay was taken out",
    CallEnd.day: "The day was closed",
    CallEnd.shift: "Nobody closed it",
}
"""Why a call is over that nobody closed."""
