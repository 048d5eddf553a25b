"""Whose badge is whose is written and taken out by forms; nothing else of the file changes."""

from pathlib import Path

import pytest

from board.core.device_deeds import DeviceDeed
from devices.provisioning import Provisioning
from tests.builders import Trial

MARK = "5b1f0c9de2a47731"
BY_HAND = '# readers\n[[badge]]\ndevice = "native:reader"\nbay = "1" # the left one\n'
HELD = f'\n[[holder]]\nmark = "{MARK}"\nperson = "tom"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "sensors.toml"
    written.write_text(BY_HAND)
    return written


def send(file: Path, deed: DeviceDeed, **form: str) -> tuple[str, tuple[str, ...]] | None:
    shop = Trial().shop
    pages = Provisioning(file, None, lambda: shop)
    refused = pages.act(deed, {"stamp": str(pages.shown()["stamp"]), **form})
    return None if refused is None else (refused.code, refused.fields)


def test_a_badge_is_given_to_somebody_and_taken_away(file: Path) -> None:
    assert send(file, DeviceDeed.hold, mark=MARK.upper(), person="tom") is None
    assert file.read_text() == BY_HAND + HELD
    shop = Trial().shop
    shown = Provisioning(file, None, lambda: shop).shown()["holders"]
    assert shown == [{"mark": MARK, "person": "tom"}]
    assert send(file, DeviceDeed.hold, mark=MARK, person="tom") == ("badge_held", ())
    assert send(file, DeviceDeed.release, mark=MARK) is None
    assert file.read_text() == BY_HAND
    assert send(file, DeviceDeed.release, mark=MARK) == ("badge_not_held", ())


def test_one_without_a_person_or_a_mark_is_refused(file: Path) -> None:
    assert send(file, DeviceDeed.hold, mark=MARK) == ("badge_person_needed", ("person",))
    assert send(file, DeviceDeed.hold, mark=MARK, person="x") == ("device_mistake", ("person",))
    assert send(file, DeviceDeed.hold, mark="1234", person="tom") == ("device_mistake", ("mark",))
    assert file.read_text() == BY_HAND
