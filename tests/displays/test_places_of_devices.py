"""Among the devices bays stand in the shop's own order, and are called as where one binds."""

from dataclasses import replace

from board.core.bays import Bay
from displays.device_facts import Answer, Device, Hook, Listed
from displays.devices_page import places_of
from displays.gallery import SAMPLES
from displays.gallery_pages import sample_page
from tests.builders import Trial
from tests.displays.test_gallery import renderer

NAMES = ("1", "2", "10", "3")


def test_bays_stand_in_the_order_of_the_shop_what_is_wrong_first() -> None:
    shop = replace(Trial().shop, bays={f"b{name}": Bay(f"b{name}", name) for name in NAMES})
    bound = tuple(
        Device(
            f"native:{name}",
            standing="stale" if name == "3" else "good",
            hooks=(Hook("sensor", "occupancy", f"b{name}"),),
        )
        for name in sorted(NAMES)
    )
    gate = Device("native:door", standing="good", hooks=(Hook("gate", "contact", gate="0"),))
    listed = Listed((), (gate, *bound), (), 0, 0, (), ())
    places = places_of(shop, Answer("listening", list=listed))
    assert [one.name for one in places] == ["3", "1", "2", "10", "0"]


def test_a_bay_that_has_only_a_number_is_called_a_bay() -> None:
    for name in ("devices", "device"):
        [sample] = [one for one in SAMPLES if one.name == name]
        assert ">Bay 1</" in sample_page(renderer(), sample, "en")
