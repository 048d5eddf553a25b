"""One car from its appointment to the gate, by hand through the pages of everybody it meets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import hands_at_the_car as car
from tests.e2e import hands_at_the_desk as desk
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.screens import Screens
from tests.photos.pictures import sent

pytestmark = pytest.mark.timeout(600)
CLOCK = "2026-11-23T10:00+08:00,1"
TABLET = (1280, 800)
PHONE = (390, 844)
PADS = {"code": "B10", "text": "front brake pads", "standard_hours": 1.2, "price": 38000}
WANTED = {"settlement": True, "checklist": True, "gate_pass": True}
PRIVATE = (desk.CUSTOMER, desk.PHONE, desk.PLATE, desk.COMPLAINT, desk.EXTRA, "¥", "680.50")
NOT_FOR_CUSTOMERS = (desk.TAIL, "Tom", "Ines", "Rework", "Bay", "Noise", "Comeback")

STORY = (
    ("Anna", "Booked·"),
    ("Pia", "Parts picked"),
    ("Anna", "Ticket·A01\nArrived"),
    ("Anna", "Called to reception"),
    ("Anna", "Reception check"),
    ("Anna", "Reception sheet saved"),
    ("Anna", "Line added·front brake pads"),
    ("Anna", "Promised·12:00"),
    ("Anna", "Order signed·Lena Song"),
    ("Carl", "Dispatched·Bay 3·Tom"),
    ("Tom", "Work started·front brake pads"),
    ("Tom", "Part asked for·Seal ring"),
    ("Pia", "Part issued·Seal ring·Tom"),
    ("Tom", "Extra work found·Rear brake pads·2.1 mm left"),
    ("Anna", "Extra work priced·Rear brake pads·¥ 680.50"),
    ("Customer·phone", "Customer agrees"),
    ("Anna", "Promised·13:30·rear pads agreed"),
    ("Tom", "Line finished·Rear brake pads"),
    ("Lee", "Check passed·Team check"),
    ("Ines", "Road test back·40216 km"),
    ("Ines", "Check failed·Final check·Noise·front left, below 20 km/h"),
    ("Tom", "Work started·front brake pads"),
    ("Ines", "Check passed·Final check"),
    ("Willy", "Being washed"),
    ("Cora", "Payment·WeChat Pay"),
    ("Anna", "Handover list·Old parts shown"),
    ("Cora", "Gate pass issued"),
    ("Anna", "Delivered"),
    ("Cora", "Through the gate"),
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop with a catalogue, that wants settlement, handover list and gate pass."""
    with running_shop(tmp_path_factory.mktemp("shop"), BAYLIGHT_CLOCK=CLOCK) as running:
        settings = {"name": "Test Motors", "language": "en", "handover": WANTED}
        running.do("set_up_shop", settings=settings)
        running.do("import_catalogue", items=[{**PADS, "parts_price": 52050}])
        yield running


@pytest.fixture(scope="module")
def screens(browser: Browser, shop: RunningShop) -> Iterator[Screens]:
    """Windows of the shop; anything their pages complain about fails the test."""
    opened = Screens(browser, shop)
    yield opened
    opened.close()
    assert opened.faults == []


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("photo") / "seen.jpg"
    file.write_bytes(sent(size=(640, 480)))
    return file


class Walls:
    """The wall TV and the lounge, looked at now and then."""

    def __init__(self, screens: Screens) -> None:
        self.tv = screens.wall("tv")
        self.lounge = screens.wall("lounge")

    def show(self, bay: str, lounge: str) -> None:
        """What the row of bay 3 and the customer's row say; nothing private anywhere."""
        expect(self.tv.locator("#row-3")).to_contain_text(bay)
        expect(self.lounge.locator("body")).to_contain_text(lounge)
        for private in PRIVATE:
            expect(self.tv.locator("body")).not_to_contain_text(private)
        for private in (*PRIVATE, *NOT_FOR_CUSTOMERS):
            expect(self.lounge.locator("body")).not_to_contain_text(private)


class People:
    """Everybody who meets the car, each at a window of their own."""

    def __init__(self, screens: Screens) -> None:
        def sits(name: str, page: str) -> Page:
            return screens.person(name, page, *TABLET)

        self.anna, self.carl = sits("Anna", "/board"), sits("Carl", "/board")
        self.pia, self.cora = sits("Pia", "/board"), sits("Cora", "/board")
        self.tom, self.lee = sits("Tom", "/tablet"), sits("Lee", "/tablet")
        self.ines, self.willy = sits("Ines", "/tablet"), sits("Willy", "/tablet")


def receive(people: People, shop: RunningShop, photo: Path) -> str:
    """From the appointment to the customer's signature; the job's id."""
    desk.book(people.anna)
    desk.prepare(people.pia)
    desk.greet(people.anna)
    job = str(shop.job(desk.PLATE)["id"])
    desk.walk_round(people.anna, job, photo)
    desk.write_lines(people.anna, job)
    desk.promise(people.anna, job)
    desk.customer_signs(people.anna, job)
    return job


def find_more_work(people: People, screens: Screens, job: str, photo: Path) -> None:
    """The technician finds more, the customer agrees on the phone, another time is promised."""
    car.report_what_was_found(people.tom, photo)
    link, code = desk.price_and_ask(people.anna, job)
    phone = screens.open(link, *PHONE)
    desk.agree_on_the_phone(phone, code)
    expect(people.anna.locator("#part-line-4")).to_contain_text("Agreed")
    expect(people.tom.locator("#order-lines")).to_contain_text(desk.EXTRA)
    expect(phone.locator(".range")).to_contain_text("The time has changed")
    desk.promise_anew(people.anna)
    expect(phone.locator(".range")).to_contain_text("13:00–13:30")


def check(people: People, job: str, kilometres: int) -> None:
    """Self-check, team check and road test; the inspector has the last word."""
    car.check_own_work(people.tom, job)
    car.open_check(people.lee, job)
    car.pass_check(people.lee, "Final check due")
    car.open_check(people.ines, job)
    car.drive_on_the_road(people.ines, kilometres)


def give_back(people: People, walls: Walls, job: str) -> None:
    """Statement, payment, list, gate pass, and out through the gate."""
    desk.settle_and_take_payment(people.cora, job)
    desk.tell_the_customer(people.anna, job)
    walls.show("Free", "Please come to the front desk")
    desk.explain_the_work(people.anna)
    code = desk.give_the_pass(people.cora)
    desk.hand_over(people.anna)
    walls.show("Free", "Returned")
    desk.let_out(people.cora, code)


@dataclass(frozen=True)
class Way:
    """Where the way has led: the order's id, and the people at their windows."""

    job: str
    people: People


@pytest.fixture(scope="module")
def way(screens: Screens, shop: RunningShop, photo: Path) -> Way:
    """The whole way of one car, with what everybody sees of it."""
    walls, people = Walls(screens), People(screens)
    job = receive(people, shop, photo)
    car.dispatch(people.carl)
    walls.show(desk.TAIL, "In line")
    car.drive_in_and_start(people.tom)
    car.ask_for_a_part(people.tom)
    desk.issue_the_part(people.pia, job)
    walls.show("Repair", "In repair")
    find_more_work(people, screens, job, photo)
    car.work_on_every_line(people.tom, 3)
    check(people, job, 40210)
    car.fail_the_check(people.ines)
    walls.show(desk.TAIL, "Checking")
    car.redo(people.tom)
    check(people, job, 40216)
    car.pass_check(people.ines, "To be washed")
    car.wash(people.willy)
    give_back(people, walls, job)
    return Way(job, people)


def test_a_car_goes_from_its_appointment_to_the_gate(way: Way) -> None:
    anna = way.people.anna
    desk.of_order(anna, way.job, "checks")
    expect(anna.locator("#order-head")).to_contain_text("Delivered")
    rounds = anna.locator(".check-round > summary b").all_inner_texts()
    assert rounds == ["Final check", "Team check", "Self-check"] * 2
    expect(anna.locator(".check-round.failed")).to_have_count(1)
    desk.of_order(anna, way.job, "handover")
    expect(anna.locator("#part-pass")).to_contain_text("went through the gate")


def test_the_history_of_that_order_reads_as_a_story(way: Way) -> None:
    anna = way.people.anna
    desk.of_order(anna, way.job, "history")
    told = anna.locator(".story > li").all_inner_texts()
    for entry in told:
        assert re.match(r"2026-11-23 1\d:\d\d\s+\w+·(tablet|phone)\s+\w", entry), entry
    rest = iter(told)
    for who, what in STORY:
        assert any(who in one and what in one for one in rest), (who, what, told)
