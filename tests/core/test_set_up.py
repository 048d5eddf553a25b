"""Setting the shop up: settings, bays, people, and a whole set-up at once."""

from dataclasses import replace
from datetime import UTC, time

import pytest

from board.core import commands as c
from board.core.bays import BayKind
from board.core.job import Where
from board.core.roles import Role
from board.core.shop import OpeningHours, Settings, Shop
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    SENSOR,
    TOM,
    Trial,
    dispatched,
    received,
    set_up,
    working,
)

GOOD = Settings(name="Test Motors", language="en")


def bay(bay_id: str = "9", name: str = "9") -> c.SetUpBay:
    """A bay to add."""
    return c.SetUpBay(bay=c.BayPlan(id=bay_id, name=name))


def who(person_id: str = "new", name: str = "New", *roles: Role) -> c.PersonPlan:
    """A person to add."""
    return c.PersonPlan(id=person_id, name=name, roles=roles or (Role.technician,))


@pytest.mark.parametrize("wrong", ["", "A1", "bay 1", "-1", "一号", "x" * 41, "a/b", "a\n"])
def test_ids_are_small_letters_digits_and_hyphens(wrong: str) -> None:
    Trial().when(bay(wrong), MONA).then_refused("id_wrong")
    Trial().when(c.SetUpPerson(person=who(wrong)), MONA).then_refused("id_wrong")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("  ", "name_needed"),
        ("n" * 81, "too_long"),
        ("two\nlines", "signs_wrong"),
        ("ring\x07", "signs_wrong"),
        ("turned \u202enworc", "signs_wrong"),
        ("two\u2028lines", "signs_wrong"),
    ],
)
def test_names_are_given_and_short(name: str, code: str) -> None:
    Trial().when(bay(name=name), MONA).then_refused(code)
    Trial().when(c.SetUpPerson(person=who(name=name)), MONA).then_refused(code)
    Trial().when(c.SetUpShop(settings=replace(GOOD, name=name)), MONA).then_refused(code)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (replace(GOOD, language="tlh"), "language_wrong"),
        (replace(GOOD, time_zone="Mars/Olympus"), "time_zone_wrong"),
        (replace(GOOD, time_zone=""), "time_zone_wrong"),
        (replace(GOOD, time_zone="Factory"), "time_zone_wrong"),
        (replace(GOOD, time_zone="localtime"), "time_zone_wrong"),
        (replace(GOOD, time_zone="right/Asia/Shanghai"), "time_zone_wrong"),
        (replace(GOOD, time_zone="../../etc/passwd"), "time_zone_wrong"),
        (replace(GOOD, hours=OpeningHours(time(9), time(9))), "hours_wrong"),
        (replace(GOOD, hours=OpeningHours(time(9), time(18, tzinfo=UTC))), "hours_wrong"),
        (replace(GOOD, day_start=time(4, tzinfo=UTC)), "hours_wrong"),
        (replace(GOOD, no_show_seconds=0), "number_wrong"),
        (replace(GOOD, unclaimed_seconds=-5), "number_wrong"),
        (replace(GOOD, question_seconds=10**15), "number_wrong"),
    ],
)
def test_settings_must_make_sense(settings: Settings, code: str) -> None:
    Trial().when(c.SetUpShop(settings=settings), MONA).then_refused(code)


def test_the_same_settings_again_change_nothing() -> None:
    trial = Trial()
    trial.when(c.SetUpShop(settings=trial.shop.settings), MONA).then_nothing()


def test_a_bay_gets_another_name_and_kind() -> None:
    plan = c.BayPlan(id="1", name="Lift 1", kind=BayKind.express)
    trial = Trial().do(c.SetUpBay(bay=plan), MONA)
    changed = trial.shop.bays["1"]
    assert (changed.name, changed.kind) == ("Lift 1", BayKind.express)


def test_a_bay_with_a_job_or_a_car_stays() -> None:
    dispatched(Trial()).when(c.RemoveBay(bay="1"), MONA).then_refused("bay_in_use")
    trial = received(Trial()).do(c.PlaceCar(job="j1", where=Where.bay, spot="2"), TOM)
    trial.when(c.RemoveBay(bay="2"), MONA).then_refused("bay_in_use")


def test_a_removed_bay_is_unknown_until_it_is_set_up_again() -> None:
    trial = Trial().do(c.RemoveBay(bay="4"), MONA)
    trial.when(c.RemoveBay(bay="4"), MONA).then_refused("unknown_bay")
    trial.do(bay("4"), MONA)
    assert not trial.shop.bays["4"].removed


def test_a_person_has_bays_of_this_shop_and_a_known_language() -> None:
    lost = replace(who(), bays=("1", "77"))
    Trial().when(c.SetUpPerson(person=lost), MONA).then_refused("unknown_bay")
    klingon = replace(who(), language="tlh")
    Trial().when(c.SetUpPerson(person=klingon), MONA).then_refused("language_wrong")
    fine = replace(who(), bays=("1",), language="zh-Hans", skills=("high voltage",))
    trial = Trial().do(c.SetUpPerson(person=fine), MONA)
    assert trial.shop.people["new"].bays == ("1",)


def test_nobody_becomes_a_device_or_a_customer() -> None:
    plan = who("new", "New", Role.device, Role.customer, Role.timekeeper, Role.washer)
    Trial().when(c.SetUpPerson(person=plan), MONA).then_refused("role_wrong")
    whole = replace(set_up(), people=(*set_up().people, plan))
    Trial().when(whole, MONA).then_refused("role_wrong")


def test_the_last_manager_stays() -> None:
    trial = Trial()
    trial.when(c.RemovePerson(person="mona"), MONA).then_refused("last_manager")
    demoted = who("mona", "Mona", Role.washer)
    trial.when(c.SetUpPerson(person=demoted), MONA).then_refused("last_manager")
    trial.when(c.ImportShop(settings=GOOD, people=(demoted,)), MONA).then_refused("last_manager")
    trial.do(c.SetUpPerson(person=who("max", "Max", Role.manager)), MONA)
    trial.do(c.RemovePerson(person="mona"), MONA)


def test_who_is_clocked_neither_leaves_nor_stops_being_a_technician() -> None:
    trial = working(Trial())
    trial.when(c.RemovePerson(person="tom"), MONA).then_refused("person_clocked")
    washer = c.SetUpPerson(person=who("tom", "Tom", Role.washer))
    trial.when(washer, MONA).then_refused("person_clocked")
    trial.do(c.PauseLine(job="j1"), TOM).do(c.RemovePerson(person="tom"), MONA)
    trial.when(c.RemovePerson(person="tom"), MONA).then_refused("unknown_person")
    trial.when(c.StartLine(job="j1", technician="tom"), CARL).then_refused("unknown_person")


def test_an_import_sets_up_everything_at_once() -> None:
    shop = Trial().shop
    assert list(shop.bays) == ["1", "2", "3", "4", "wash"]
    assert shop.bays["wash"].kind == BayKind.wash
    assert shop.people["lee"].roles == {Role.team_leader, Role.technician}
    assert (shop.settings.name, shop.settings.language) == ("Test Motors", "en")


def test_an_import_with_one_mistake_changes_nothing() -> None:
    for wrong in (
        replace(set_up(), bays=(c.BayPlan(id="A", name="A"),)),
        replace(set_up(), people=(who(), replace(who("mona", "Mona", Role.manager), bays=("z",)))),
        replace(set_up(), settings=Settings()),
        replace(set_up(), people=()),
    ):
        trial = Trial(Shop(id="empty")).when(wrong, MONA)
        assert trial.refused is not None
        assert trial.shop == Shop(id="empty")


def test_an_import_may_be_repeated() -> None:
    trial = working(Trial()).do(set_up(), MONA)
    assert trial.job().state == "working"


def test_access_is_noted_for_everybody() -> None:
    note = c.NoteAccess(what="pin_set", subject="tom")
    for actor in (ANNA, SENSOR):
        assert Trial().do(note, actor).happened() == ["AccessChanged"]


@pytest.mark.parametrize(
    ("name", "planned", "chosen"),
    [("s" * 41, "workflow_wrong", "too_long"), ("wash\ning", "signs_wrong", "signs_wrong")],
)
def test_a_states_own_name_fits_on_one_line(name: str, planned: str, chosen: str) -> None:
    names = {"washing": name}
    Trial().when(replace(set_up(), state_names=names), MONA).then_refused(planned)
    flow = c.ChooseWorkflow(workflow=SHIPPED.renamed(names))
    Trial().when(flow, MONA).then_refused(chosen)


def test_skills_and_home_bays_are_counted_once() -> None:
    plan = replace(who(), skills=("paint", "paint"), bays=("1", "1"))
    person = Trial().do(c.SetUpPerson(person=plan), MONA).shop.people["new"]
    assert (person.skills, person.bays) == (("paint",), ("1",))
    many = replace(who(), skills=tuple(map(str, range(21))))
    Trial().when(c.SetUpPerson(person=many), MONA).then_refused("too_many")
    long = replace(who(), skills=("s" * 81,))
    Trial().when(c.SetUpPerson(person=long), MONA).then_refused("too_long")


def test_no_two_bays_have_the_same_name() -> None:
    twin = c.SetUpBay(bay=c.BayPlan(id="twin", name=" 1 "))
    Trial().when(twin, MONA).then_refused("name_taken")
    again = c.SetUpBay(bay=c.BayPlan(id="1", name="1"))
    assert Trial().when(again, MONA).refused is None, "its own name is no other's"
    freed = Trial().do(c.RemoveBay(bay="1"), MONA)
    assert freed.when(twin, MONA).refused is None
    both = (c.BayPlan(id="x", name="X"), c.BayPlan(id="y", name="X"))
    Trial().when(replace(set_up(), bays=both), MONA).then_refused("name_taken")


@pytest.mark.parametrize(
    "phone", ["", "010-5550 1234", "+86 10 5550 1234", "95128", "(010) 5550/1"]
)
def test_the_number_that_customers_call_is_one_to_dial(phone: str) -> None:
    trial = Trial().do(c.SetUpShop(settings=replace(GOOD, phone=phone)), MONA)
    assert trial.shop.settings.phone == phone


def test_the_network_for_guests_has_a_name_as_networks_have() -> None:
    trial = Trial().do(c.SetUpShop(settings=replace(GOOD, wifi="Guest 客户")), MONA)
    assert trial.shop.settings.wifi == "Guest 客户"
    too_long = c.SetUpShop(settings=replace(GOOD, wifi="G" * 33))
    trial.when(too_long, MONA).then_refused("too_long")


@pytest.mark.parametrize(
    "phone", ["call me", "110", "010-5550 1234 ext 5", "1" * 21, "１２３４５", " "]
)
def test_what_no_phone_dials_is_refused(phone: str) -> None:
    """Falls over without `PHONE.fullmatch` in `board/core/rules/setting_up.py`."""
    settings = replace(GOOD, phone=phone)
    Trial().when(c.SetUpShop(settings=settings), MONA).then_refused("phone_wrong")
