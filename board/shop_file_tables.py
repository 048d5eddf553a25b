"""The tables of a shop file: what each means, and what must fit together between them."""

import re
from dataclasses import fields
from zoneinfo import available_timezones

from board.core.bays import BayKind
from board.core.commands import BayPlan, ImportShop, PersonPlan
from board.core.handover import EVERYTHING_WANTED, POINTS, HandoverPlan, Point
from board.core.languages import LANGUAGES
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.setting_up import MOST_OF_WIFI, PHONE
from board.core.shop import OpeningHours, Settings
from board.shop_file_calls import call_rules
from board.shop_file_checks import CHECK_TABLES, checks_of
from board.shop_file_holds import hold_rules
from board.shop_file_places import Path
from board.shop_file_sensing import sensor_rules
from board.shop_file_values import Table, Values
from board.shop_file_workflow import workflow_of

TABLES = (
    frozenset({"shop", "bays", "people", "workflow", "pins"})
    | {"retention", "holds", "handover", "indirect_codes", "calls", "sensing"}
    | CHECK_TABLES
)
_OWN_TABLES = frozenset(
    {"hours", "retention", "holds", "handover", "indirect_codes", "calls", "sensing"}
)
SETTINGS = {part.name for part in fields(Settings)} - _OWN_TABLES | {"opens", "closes"}
_BAY = frozenset({"id", "name", "kind"})
_PERSON = frozenset({"id", "name", "roles", "bays", "skills", "language"})
_HANDOVER = frozenset({"settlement", "checklist", "gate_pass", "left_out", "added"})
_CODE = re.compile(r"[a-z0-9_]{1,40}")
_CODE_NAME_LETTERS = 40
_PIN = re.compile(r"\d{4}", re.ASCII)


def command_of(tables: Table, values: Values) -> ImportShop:
    """Return the command that the tables mean, as far as they could be read."""
    values.only(tables, TABLES, ())
    bays, people = _bays(tables, values), _people(tables, values)
    _refer(bays, people, values)
    plan, _ = workflow_of(tables, values)
    return ImportShop(
        settings=_settings(tables, values),
        bays=bays,
        people=people,
        left_out=plan.left_out,
        state_names=plan.state_names,
        order=plan.order,
        states=plan.states,
        ways=plan.ways,
        checks=checks_of(tables, values),
    )


def pins_of(tables: Table, people: tuple[PersonPlan, ...], values: Values) -> dict[str, str]:
    """Return the PINs that the file gives, by person."""
    table = values.table(tables, "pins")
    known = {person.id for person in people}
    found: dict[str, str] = {}
    for person in table:
        pin = values.text(table, person, ("pins",))
        if person not in known:
            values.wrong(("pins", person), "pin_of_nobody")
        elif not _PIN.fullmatch(pin):
            values.wrong(("pins", person), "pin")
        found[person] = pin
    return found


def _settings(tables: Table, values: Values) -> Settings:
    path: Path = ("shop",)
    table, usual = values.table(tables, "shop"), Settings()
    values.only(table, SETTINGS, path)
    hours = OpeningHours(
        values.time(table, "opens", path, usual.hours.opens),
        values.time(table, "closes", path, usual.hours.closes),
    )
    if hours.opens == hours.closes:
        values.wrong((*path, "closes"), "hours")
    return Settings(
        name=values.name(table, path),
        language=values.one_of(table, "language", path, LANGUAGES, usual.language),
        time_zone=values.one_of(table, "time_zone", path, available_timezones(), usual.time_zone),
        day_start=values.time(table, "day_start", path, usual.day_start),
        hours=hours,
        advisors_dispatch=values.switch(table, "advisors_dispatch", path, usual.advisors_dispatch),
        no_show_seconds=values.seconds(table, "no_show_seconds", path, usual.no_show_seconds),
        unclaimed_seconds=values.seconds(table, "unclaimed_seconds", path, usual.unclaimed_seconds),
        question_seconds=values.seconds(table, "question_seconds", path, usual.question_seconds),
        retention=_retention(tables, values),
        holds=hold_rules(tables, values),
        wash_seconds=values.seconds(table, "wash_seconds", path, usual.wash_seconds),
        overtime_seconds=values.seconds(table, "overtime_seconds", path, usual.overtime_seconds),
        handover=_handover(tables, values),
        phone=_phone(table, values, path),
        wifi=_wifi(table, values, path),
        calls=call_rules(tables, values),
        sensing=sensor_rules(tables, values),
        indirect_codes=_indirect_codes(tables, values),
    )


def _phone(table: Table, values: Values, path: Path) -> str:
    found = values.text(table, "phone", path, "")
    if found and not PHONE.fullmatch(found):
        values.wrong((*path, "phone"), "phone")
    return found


def _wifi(table: Table, values: Values, path: Path) -> str:
    found = values.text(table, "wifi", path, "")
    if len(found) > MOST_OF_WIFI:
        values.wrong((*path, "wifi"), "wifi", most=MOST_OF_WIFI)
    return found


def _retention(tables: Table, values: Values) -> dict[str, int]:
    table = values.table(tables, "retention")
    return {kind: values.years(table, kind, ("retention",)) for kind in table}


def _handover(tables: Table, values: Values) -> HandoverPlan | None:
    """What is wanted before delivery: everything where the table is there and says nothing else."""
    if "handover" not in tables:
        return None
    path: Path = ("handover",)
    table, usual = values.table(tables, "handover"), EVERYTHING_WANTED
    values.only(table, _HANDOVER, path)
    left_out, added = (values.texts(table, key, path) for key in ("left_out", "added"))
    for point in left_out:
        values.word(point, Point, (*path, "left_out"))
    for point in added:
        if not point.strip() or point in POINTS:
            values.wrong((*path, "added"), "point")
    return HandoverPlan(
        settlement=values.switch(table, "settlement", path, usual.settlement),
        checklist=values.switch(table, "checklist", path, usual.checklist),
        gate_pass=values.switch(table, "gate_pass", path, usual.gate_pass),
        points=(*(point for point in POINTS if point not in left_out), *added),
    )


def _indirect_codes(tables: Table, values: Values) -> dict[str, str]:
    path: Path = ("indirect_codes",)
    table = values.table(tables, "indirect_codes")
    named = {code: values.text(table, code, path).strip() for code in table}
    for code, name in named.items():
        if not _CODE.fullmatch(code):
            values.wrong((*path, code), "code", found=code)
        elif not 0 < len(name) <= _CODE_NAME_LETTERS:
            values.wrong((*path, code), "name", most=_CODE_NAME_LETTERS)
    return named


def _bays(tables: Table, values: Values) -> tuple[BayPlan, ...]:
    found: dict[str, BayPlan] = {}
    for row, table in enumerate(values.rows(tables, "bays")):
        path: Path = ("bays", row)
        values.only(table, _BAY, path)
        bay_id = values.new_id(table, path, found)
        kind = values.word(table.get("kind", BayKind.general), BayKind, (*path, "kind"))
        name = values.name(table, path)
        found[bay_id] = BayPlan(id=bay_id, name=name, kind=kind or BayKind.general)
    return tuple(found.values())


def _people(tables: Table, values: Values) -> tuple[PersonPlan, ...]:
    found: dict[str, PersonPlan] = {}
    for row, table in enumerate(values.rows(tables, "people")):
        path: Path = ("people", row)
        values.only(table, _PERSON, path)
        person_id = values.new_id(table, path, found)
        found[person_id] = PersonPlan(
            id=person_id,
            name=values.name(table, path),
            roles=_roles(table, path, values),
            bays=values.texts(table, "bays", path),
            skills=values.texts(table, "skills", path),
            language=values.one_of(table, "language", path, LANGUAGES, ""),
        )
    return tuple(found.values())


def _roles(table: Table, path: Path, values: Values) -> tuple[Role, ...]:
    path = (*path, "roles")
    read = [values.word(text, Role, path) for text in values.texts(table, "roles", path[:-1])]
    roles = tuple(role for role in read if role is not None)
    for role in roles:
        if role not in PEOPLE_ROLES:
            values.wrong(path, "role_of_nobody", found=role.value)
    if not read:
        values.wrong(path, "no_role")
    return roles


def _refer(bays: tuple[BayPlan, ...], people: tuple[PersonPlan, ...], values: Values) -> None:
    known = {bay.id for bay in bays}
    for row, person in enumerate(people):
        for bay in person.bays:
            if bay not in known:
                values.wrong(("people", row, "bays"), "no_bay", found=bay)
    if not any(Role.manager in person.roles for person in people):
        values.wrong(("people",), "no_manager")
