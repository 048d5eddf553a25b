"""The table of sensors in a shop file: what they may do, and how sure they must be."""

from dataclasses import fields

from board.core.sensor_rules import SensorRules
from board.shop_file_values import Table, Values

_PATH = ("sensing",)
_KEYS = frozenset(one.name for one in fields(SensorRules))


def sensor_rules(tables: Table, values: Values) -> SensorRules | None:
    """Return what `[sensing]` means, as far as it could be read; None where it is not there."""
    if "sensing" not in tables:
        return None
    table, usual = values.table(tables, "sensing"), SensorRules()
    values.only(table, _KEYS, _PATH)
    found = SensorRules(
        arrive_by_plate=values.switch(table, "arrive_by_plate", _PATH, usual.arrive_by_plate),
        wash_by_sensor=values.switch(table, "wash_by_sensor", _PATH, usual.wash_by_sensor),
        sure_percent=values.percent(table, "sure_percent", _PATH, usual.sure_percent),
        likely_percent=values.percent(table, "likely_percent", _PATH, usual.likely_percent),
        lapse_seconds=values.seconds(table, "lapse_seconds", _PATH, usual.lapse_seconds),
    )
    if found.likely_percent > found.sure_percent:
        values.wrong((*_PATH, "likely_percent"), "above_sure", sure=found.sure_percent)
    return found
