"""Setting up the shop: settings, bays, people."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from board.core import commands as c
from board.core import events as e
from board.core.clocks import is_clocked
from board.core.languages import LANGUAGES
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.calling import call_rules_fault
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.choosing import chosen_workflow, planned_workflow
from board.core.rules.delivering import handover_fault
from board.core.rules.holding import hold_rules_fault
from board.core.rules.indirect import codes_fault
from board.core.rules.limits import text_fault
from board.core.rules.setting_up_checks import book_fault, imported_checks
from board.core.sensor_rules import SensorRules
from board.core.shop import Person, Settings, Shop

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PHONE = re.compile(r"\+?(?:[ ()/-]{0,2}[0-9]){5,20}", re.ASCII)
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
_MOST_SIGNS = 80
_MOST_SIGNS_OF_STATE = 40
_MOST_SKILLS = 20
_KEPT = ("retention", "holds", "handover", "indirect_codes", "calls", "sensing")
_MOST_SECONDS = 30 * 24 * 3600
MOST_YEARS = 100
MOST_OF_WIFI = 32
"""Networks have no longer names."""


def _settings_fault(settings: Settings) -> Refused | None:
    if not settings.name.strip():
        return Refused("name_needed", fields=("settings.name",))
    refused = text_fault(settings.name, _MOST_SIGNS, "settings.name") or text_fault(
        settings.wifi, MOST_OF_WIFI, "settings.wifi"
    )
    if refused is not None:
        return refused
    if settings.phone and not PHONE.fullmatch(settings.phone):
        return Refused("phone_wrong", {"least": 5}, ("settings.phone",))
    if settings.language not in LANGUAGES:
        return Refused("language_wrong", {"language": settings.language}, ("settings.language",))
    if not _is_zone(settings.time_zone):
        return Refused("time_zone_wrong", {"zone": settings.time_zone}, ("settings.time_zone",))
    if _hours_are_wrong(settings):
        return Refused("hours_wrong", fields=("settings.hours.closes",))
    seconds = (settings.no_show_seconds, settings.unclaimed_seconds, settings.question_seconds)
    own = (settings.wash_seconds, settings.overtime_seconds)
    if not all(0 < each <= _MOST_SECONDS for each in (*seconds, *own)):
        return Refused("number_wrong")
    return (
        _retention_fault(settings)
        or hold_rules_fault(settings.hold_rules)
        or handover_fault(settings)
        or codes_fault(settings.indirect_codes)
        or call_rules_fault(settings.call_rules)
        or _sensing_fault(settings.sensor_rules)
    )


def _sensing_fault(rules: SensorRules) -> Refused | None:
    if not 0 <= rules.likely_percent <= rules.sure_percent <= 100:
        return Refused("number_wrong", fields=("settings.sensing.likely_percent",))
    if not 0 < rules.lapse_seconds <= _MOST_SECONDS:
        return Refused("number_wrong", fields=("settings.sensing.lapse_seconds",))
    return None


def _retention_fault(settings: Settings) -> Refused | None:
    for kind, years in (settings.retention or {}).items():
        if not 0 <= years <= MOST_YEARS:
            return Refused("number_wrong", fields=("settings.retention",))
        refused = text_fault(kind, _MOST_SIGNS_OF_STATE, "settings.retention")
        if refused is not None:
            return refused
    return None


def _kept(settings: Settings, shop: Shop) -> Settings:
    """The settings with what the shop has, where None is given."""
    given = {name: getattr(settings, name) for name in _KEPT}
    left_out = [name for name, value in given.items() if value is None]
    return replace(settings, **{name: getattr(shop.settings, name) for name in left_out})


def _hours_are_wrong(settings: Settings) -> bool:
    """Times of the shop's own clock bear no zone: the shop has one."""
    opens, closes = settings.hours.opens, settings.hours.closes
    zoned = any(each.tzinfo is not None for each in (opens, closes, settings.day_start))
    return zoned or closes == opens


def _is_zone(name: str) -> bool:
    """Whether every computer means the same clock by `name`."""
    if name in _NO_PLACES or name.startswith(("posix/", "right/")):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _plan_fault(plan: c.BayPlan | c.PersonPlan) -> Refused | None:
    if not _ID.fullmatch(plan.id):
        return Refused("id_wrong", {"id": plan.id}, ("id",))
    if not plan.name.strip():
        return Refused("name_needed", fields=("name",))
    return text_fault(plan.name, _MOST_SIGNS, "name")


@shop_rule.register
def _set_up_shop(command: c.SetUpShop, case: Case) -> Outcome:
    refused = _settings_fault(command.settings)
    if refused is not None:
        return refused
    settings = _kept(command.settings, case.shop)
    return () if settings == case.shop.settings else (e.ShopSetUp(settings),)


@shop_rule.register
def _set_up_bay(command: c.SetUpBay, case: Case) -> Outcome:
    plan = command.bay
    refused = _plan_fault(plan) or _name_taken((plan,), case.shop)
    return refused or (e.BaySetUp(plan.id, plan.name.strip(), plan.kind),)


def _name_taken(plans: tuple[c.BayPlan, ...], shop: Shop) -> Refused | None:
    """Two bays of one name: nobody could tell them apart on the wall."""
    planned = {plan.id: plan.name.strip() for plan in plans}
    standing = {b.id: b.name for b in shop.bays.values() if not b.removed}
    names = Counter({**standing, **planned}.values())
    twice = next((name for name in planned.values() if names[name] > 1), None)
    return Refused("name_taken", {"name": twice}, ("name",)) if twice else None


@shop_rule.register
def _remove_bay(command: c.RemoveBay, case: Case) -> Outcome:
    bay = case.shop.bays.get(command.bay)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": command.bay})
    if case.shop.car_in(bay.id) or case.shop.jobs_for(bay.id):
        return Refused("bay_in_use", {"bay": bay.name})
    return (e.BayRemoved(bay.id),)


def _person(plan: c.PersonPlan) -> Person:
    bays, skills = tuple(dict.fromkeys(plan.bays)), tuple(dict.fromkeys(plan.skills))
    return Person(plan.id, plan.name.strip(), frozenset(plan.roles), bays, skills, plan.language)


def _managers(shop: Shop) -> set[str]:
    everyone = shop.people.values()
    return {p.id for p in everyone if Role.manager in p.roles and not p.removed}


@shop_rule.register
def _set_up_person(command: c.SetUpPerson, case: Case) -> Outcome:
    refused = _person_fault(command.person, case.shop, case.shop.bays)
    if refused is not None:
        return refused
    person = _person(command.person)
    if _managers(case.shop) == {person.id} and Role.manager not in person.roles:
        return Refused("last_manager")
    return (e.PersonSetUp(person),)


def _person_fault(plan: c.PersonPlan, shop: Shop, bays: Iterable[str]) -> Refused | None:
    refused = _plan_fault(plan) or _wrong_role(plan) or _unknown_bays(plan, bays)
    refused = refused or _skills_fault(plan)
    if refused is None and plan.language not in ("", *LANGUAGES):
        refused = Refused("language_wrong", {"language": plan.language}, ("language",))
    if refused is None and is_clocked(plan.id, shop) and Role.technician not in plan.roles:
        refused = Refused("person_clocked", {"person": shop.name_of(plan.id)}, ("roles",))
    return refused


def _wrong_role(plan: c.PersonPlan) -> Refused | None:
    wrong = [role for role in plan.roles if role not in PEOPLE_ROLES]
    return Refused("role_wrong", {"role": wrong[0].value}, ("roles",)) if wrong else None


def _skills_fault(plan: c.PersonPlan) -> Refused | None:
    if len(plan.skills) > _MOST_SKILLS:
        return Refused("too_many", {"limit": _MOST_SKILLS}, ("skills",))
    faults = (text_fault(skill, _MOST_SIGNS, "skills") for skill in plan.skills)
    return next((fault for fault in faults if fault is not None), None)


def _unknown_bays(plan: c.PersonPlan, bays: Iterable[str]) -> Refused | None:
    missing = [bay for bay in plan.bays if bay not in bays]
    return Refused("unknown_bay", {"bay": missing[0]}, ("bays",)) if missing else None


@shop_rule.register
def _remove_person(command: c.RemovePerson, case: Case) -> Outcome:
    person = case.shop.people.get(command.person)
    if person is None or person.removed:
        return Refused("unknown_person", {"person": command.person})
    if is_clocked(person.id, case.shop):
        return Refused("person_clocked", {"person": person.name})
    if _managers(case.shop) == {person.id}:
        return Refused("last_manager")
    return (e.PersonRemoved(person.id),)


def _import_fault(command: c.ImportShop, case: Case) -> Refused | None:
    bays = {*case.shop.bays, *(bay.id for bay in command.bays)}
    found = [_settings_fault(command.settings)]
    found.append(book_fault(command.checks) if command.checks else None)
    found += [_plan_fault(bay) for bay in command.bays]
    found.append(_name_taken(command.bays, case.shop))
    found += [_person_fault(who, case.shop, bays) for who in command.people]
    managers = {who.id for who in command.people if Role.manager in who.roles}
    named = {who.id for who in command.people}
    if not managers and not _managers(case.shop) - named:
        found.append(Refused("last_manager"))
    return next((refused for refused in found if refused is not None), None)


@shop_rule.register
def _import_shop(command: c.ImportShop, case: Case) -> Outcome:
    flow = planned_workflow(command)
    if isinstance(flow, Refused):
        return flow
    refused = _import_fault(command, case)
    chosen = chosen_workflow(flow, command.moves, case)
    if refused is not None or isinstance(chosen, Refused):
        return refused or chosen
    return (
        e.ShopSetUp(_kept(command.settings, case.shop)),
        *chosen,
        *imported_checks(command, case.shop),
        *(e.BaySetUp(bay.id, bay.name.strip(), bay.kind) for bay in command.bays),
        *(e.PersonSetUp(_person(who)) for who in command.people),
    )


@shop_rule.register
def _note_access(command: c.NoteAccess, case: Case) -> Outcome:
    return (e.AccessChanged(command.what, command.subject),)
