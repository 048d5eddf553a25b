"""Red says that something is late, wrong or a call for help; what is asked of a person is blue."""

import re

from tests.house.source import ROOT

ASKED = re.compile(r"\.listening\.is-on \{[^}]*var\(--act-bar\)")


def test_who_is_asked_to_press_a_button_is_not_alarmed() -> None:
    styles = (ROOT / "static" / "devices_bind.css").read_text()
    assert ASKED.search(styles)
