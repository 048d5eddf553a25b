"""What the presses of a button call for is chosen by a form; the rest of its table stays."""

import tomllib
from pathlib import Path

import pytest

from board.core.device_deeds import DeviceDeed
from devices.provisioning import Provisioning
from tests.builders import Trial

BY_HAND = """\
# Mr Wu's
[[button]]
device = "native:press"
channel = "button-1"
double = "quality" # not parts
bay = "1"
"""
AT = {"kind": "button", "device": "native:press", "channel": "button-1"}
USUAL = {"single": "technical", "double": "quality", "triple": "none", "long": "safety"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "sensors.toml"
    written.write_text(BY_HAND)
    return written


def send(file: Path, **form: str) -> tuple[str, tuple[str, ...]] | None:
    shop = Trial().shop
    pages = Provisioning(file, None, lambda: shop)
    stamp = str(pages.shown()["stamp"])
    refused = pages.act(DeviceDeed.presses, {"stamp": stamp, **AT, **form})
    return None if refused is None else (refused.code, refused.fields)


def test_only_what_changes_is_written_and_remarks_stay(file: Path) -> None:
    assert send(file, **USUAL) is None
    assert file.read_text() == BY_HAND
    assert send(file, **{**USUAL, "double": "controller", "long": "none"}) is None
    after = file.read_text()
    assert after == BY_HAND.replace('"quality"', '"controller"') + 'long = "none"\n'
    assert send(file, **USUAL) is None
    assert tomllib.loads(file.read_text())["button"][0]["long"] == "safety"


def test_a_kind_of_call_that_there_is_none_of_is_told_at_its_press(file: Path) -> None:
    assert send(file, long="police") == ("device_mistake", ("long",))
    assert send(file, channel="button-2", single="parts") == ("device_not_bound", ("device",))
    assert file.read_text() == BY_HAND
