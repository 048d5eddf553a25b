"""The checks of a shop file: templates with their points, defect codes, who checks whom."""

from collections.abc import Mapping

from board.core.check_templates import CheckBook, CheckTemplate, OwnWork, Point
from board.core.job import Flag
from board.core.rules.setting_up_checks import (
    MOST_DEFECTS,
    MOST_POINTS,
    MOST_SIGNS,
    MOST_TEMPLATES,
    POINT_ID,
    bounds_fit,
    defect_is_sound,
    unit_is_sound,
)
from board.core.workflow import CheckLevel
from board.shop_file_places import Path
from board.shop_file_values import Table, Values

CHECK_TABLES = frozenset({"check", "checks", "defects"})
_CHECKS = frozenset({"own_work"})
_CHECK = frozenset({"level", "kinds", "points", "road_test", "road_test_flags", "one_by_one"})
_POINT = frozenset({"id", "text", "unit", "least", "most", "photo", "flags"})


def checks_of(tables: Table, values: Values) -> CheckBook | None:
    """Return the checks of the file, None when it says nothing of them."""
    if CHECK_TABLES.isdisjoint(tables):
        return None
    table = values.table(tables, "checks")
    values.only(table, _CHECKS, ("checks",))
    given = table.get("own_work", OwnWork.never)
    own_work = values.word(given, OwnWork, ("checks", "own_work")) or OwnWork.never
    return CheckBook(_templates(tables, values), _defects(tables, values), own_work)


def _defects(tables: Table, values: Values) -> Mapping[str, str]:
    table = values.table(tables, "defects")
    words = {code: values.text(table, code, ("defects",)) for code in table}
    for code, word in words.items():
        if not defect_is_sound(code, word):
            values.wrong(("defects", code), "name", most=MOST_SIGNS)
    if len(words) > MOST_DEFECTS:
        values.wrong(("defects",), "too_many", most=MOST_DEFECTS)
    return words


def _templates(tables: Table, values: Values) -> tuple[CheckTemplate, ...]:
    rows = values.rows(tables, "check")
    if len(rows) > MOST_TEMPLATES:
        values.wrong(("check",), "too_many", most=MOST_TEMPLATES)
    seen: set[tuple[str, str]] = set()
    found = []
    for row, table in enumerate(rows):
        path: Path = ("check", row)
        values.only(table, _CHECK, path)
        template = _template(table, path, values)
        for kind in template.kinds or ("",):
            if (template.level, kind) in seen:
                values.wrong(path, "check_twice", level=template.level.value, kind=kind)
            seen.add((template.level, kind))
        found.append(template)
    return tuple(found)


def _template(table: Table, path: Path, values: Values) -> CheckTemplate:
    level = values.word(table.get("level"), CheckLevel, (*path, "level"))
    return CheckTemplate(
        level=level or CheckLevel.final,
        points=_points(table, path, values),
        kinds=values.texts(table, "kinds", path),
        road_test=values.switch(table, "road_test", path, False),
        road_test_flags=_flags(table, "road_test_flags", path, values),
        one_by_one=values.switch(table, "one_by_one", path, False),
    )


def _flags(table: Table, key: str, path: Path, values: Values) -> frozenset[Flag]:
    given = values.texts(table, key, path)
    found = [values.word(flag, Flag, (*path, key)) for flag in given]
    return frozenset(flag for flag in found if flag is not None)


def _points(table: Table, path: Path, values: Values) -> tuple[Point, ...]:
    given = table.get("points", [])
    path = (*path, "points")
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        values.wrong(path, "rows", name="check.points")
        return ()
    if len(given) > MOST_POINTS:
        values.wrong(path, "too_many", most=MOST_POINTS)
    taken: set[str] = set()
    return tuple(_point(row, (*path, number), taken, values) for number, row in enumerate(given))


def _point(table: Table, path: Path, taken: set[str], values: Values) -> Point:
    values.only(table, _POINT, path)
    point = Point(
        id=values.text(table, "id", path),
        text=values.text(table, "text", path),
        unit=values.text(table, "unit", path),
        least=_number(table, "least", path, values),
        most=_number(table, "most", path, values),
        photo=values.switch(table, "photo", path, False),
        flags=_flags(table, "flags", path, values),
    )
    if not POINT_ID.fullmatch(point.id):
        values.wrong((*path, "id"), "id", found=point.id)
    elif point.id in taken:
        values.wrong((*path, "id"), "taken", found=point.id)
    taken.add(point.id)
    if not point.text.strip() or len(point.text) > MOST_SIGNS:
        values.wrong((*path, "text"), "name", most=MOST_SIGNS)
    if not unit_is_sound(point.unit):
        values.wrong((*path, "unit"), "unit")
    if not bounds_fit(point):
        values.wrong((*path, "least" if "least" in table else "most"), "bounds")
    return point


def _number(table: Table, key: str, path: Path, values: Values) -> float | None:
    found = table.get(key)
    if found is None:
        return None
    if isinstance(found, int | float) and not isinstance(found, bool):
        return float(found)
    values.wrong((*path, key), "number")
    return None
