"""The table of help calls in a shop file: how long each kind may stay unanswered."""

from board.core.calls import CallKind, CallRules
from board.shop_file_values import Table, Values

WITHIN = "answer_seconds"


def call_rules(tables: Table, values: Values) -> CallRules:
    """Return what `[calls]` and its tables per kind mean, as far as they could be read."""
    table = values.table(tables, "calls")
    seconds: dict[CallKind, int] = {}
    for key in table:
        kind = values.word(key, CallKind, ("calls", key)) if key != WITHIN else None
        if kind is not None:
            _of_kind(table, kind, seconds, values)
    usual = CallRules().others_answer_seconds
    return CallRules(seconds, values.seconds_or_never(table, WITHIN, ("calls",), usual))


def _of_kind(table: Table, kind: CallKind, seconds: dict[CallKind, int], values: Values) -> None:
    path = ("calls", kind.value)
    inner = table[kind.value]
    if not isinstance(inner, dict):
        values.wrong(path, "table", name=f"calls.{kind.value}")
        return
    values.only(inner, {WITHIN}, path)
    if WITHIN in inner:
        seconds[kind] = values.seconds_or_never(inner, WITHIN, path, 0)
