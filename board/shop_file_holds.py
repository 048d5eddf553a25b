"""The table of holds in a shop file: who owns which reason, and when it escalates."""

from board.core.holds import CALENDAR, OWNERS, HoldReason, HoldRules
from board.core.roles import PEOPLE_ROLES, Role
from board.shop_file_values import Table, Values

OTHERS = "escalate_seconds"
_OF_REASON = frozenset({"owner", OTHERS})


def hold_rules(tables: Table, values: Values) -> HoldRules:
    """Return what `[holds]` and its tables per reason mean, as far as they could be read."""
    table = values.table(tables, "holds")
    owners: dict[HoldReason, Role] = {}
    seconds: dict[HoldReason, int] = {}
    for key in table:
        reason = _reason(key, values) if key != OTHERS else None
        if reason is not None:
            _of_reason(table, reason, owners, seconds, values)
    usual = HoldRules().others_escalate_seconds
    return HoldRules(owners, seconds, values.seconds_or_never(table, OTHERS, ("holds",), usual))


def _reason(key: str, values: Values) -> HoldReason | None:
    reason = values.word(key, HoldReason, ("holds", key))
    if reason is not None and OWNERS[reason] == CALENDAR:
        values.wrong(("holds", key), "hold_of_calendar")
        return None
    return reason


def _of_reason(
    table: Table,
    reason: HoldReason,
    owners: dict[HoldReason, Role],
    seconds: dict[HoldReason, int],
    values: Values,
) -> None:
    path = ("holds", reason.value)
    inner = table[reason.value]
    if not isinstance(inner, dict):
        values.wrong(path, "table", name=f"holds.{reason.value}")
        return
    values.only(inner, _OF_REASON, path)
    if "owner" in inner:
        role = values.word(inner["owner"], Role, (*path, "owner"))
        if role is not None and role not in PEOPLE_ROLES:
            values.wrong((*path, "owner"), "role_of_nobody", found=role.value)
        elif role is not None:
            owners[reason] = role
    if OTHERS in inner:
        seconds[reason] = values.seconds_or_never(inner, OTHERS, path, 0)
