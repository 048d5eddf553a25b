"""A lamp that does not confirm is named in words of the page, first, and not called good."""

from dataclasses import replace

import pytest

from devices.alarms import Alarm, Trouble
from devices.bindings import Bindings
from devices.deliveries import Delivery
from devices.readings import Capability, State
from displays.gallery import SAMPLES
from displays.gallery_pages import sample_page
from tests.devices.lamps_told import RED
from tests.devices.moments import NOON
from tests.devices.test_told_devices import listed, shown, situation
from tests.displays.test_gallery import renderer

DELIVERY = Delivery("stat/tower/POWER1", b"OFF", False, NOON)
UNPROVED = Alarm(Trouble.unproved, RED.device, RED.channel, RED.kind, RED.bay)


def page(name: str, language: str = "en") -> str:
    [sample] = [one for one in SAMPLES if one.name == name]
    return sample_page(renderer(), sample, language)


@pytest.mark.parametrize(
    ("trouble", "standing"),
    [
        (Trouble.unproved, "unproved"),
        (Trouble.mute, "unproved"),
        (Trouble.fought_over, "fought_over"),
        (Trouble.badge_refused, "good"),
    ],
)
def test_its_row_stands_as_its_alarm_says(trouble: Trouble, standing: str) -> None:
    heard = State(RED.device, RED.channel, Capability.output, False, NOON, False)
    here = situation([heard], DELIVERY, Bindings(lamps=(RED,)))
    here = replace(here, told=(replace(UNPROVED, trouble=trouble),))
    [row] = listed(here).bound
    assert row.standing == standing


def test_pages_are_told_of_it_in_values() -> None:
    here = replace(situation([], DELIVERY, Bindings(lamps=(RED,))), told=(UNPROVED,))
    [told] = listed(here).told
    assert (told.trouble, told.device, told.bay) == ("unproved", "tasmota:tower", "bay-4")
    assert shown(here, RED.device).told == (told,)
    assert shown(replace(here, told=()), RED.device).told == ()


def test_the_list_says_it_before_anything_else_of_the_devices() -> None:
    html = page("devices")
    alarm = html.index("lamp (output 1) does not confirm what it is told")
    assert alarm < html.index("At bays and places") < html.index("Not bound yet")
    assert 'class="standing is-unproved">does not confirm' in html


def test_its_own_page_says_it_too() -> None:
    assert "lamp (output 2) is switched by something else, too" in page("device-lamp")
