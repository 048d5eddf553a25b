"""Traditional Chinese says by two words what Simplified writes with one sign."""

import re

from tests.house.catalogues import read
from tests.house.source import ROOT

PRESS = re.compile("按(?:钮|一下|两下|三下)|长按|这种按法")


def test_a_button_is_pressed_and_not_followed() -> None:
    """`按` is `按` where a finger does it, `依` only where it means according to."""
    simplified, traditional = (
        read(ROOT / "locales" / language / "LC_MESSAGES" / "baylight.po", language)
        for language in ("zh_Hans", "zh_Hant")
    )
    wrong = []
    for message in simplified:
        told = traditional.get(message.id)
        presses = PRESS.findall(str(message.string))
        if presses and told and str(told.string).count("按") < len(presses):
            wrong.append(told.string)
    assert not wrong, wrong
