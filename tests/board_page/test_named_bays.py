"""A bay is called by its number, or by the name that it has instead of one."""

import pytest

from tests.board_page.dialogs import RENDERER

MACRO = "{%- from 'board/parts.html' import bay_no -%}{{ bay_no(name) }}"


@pytest.mark.parametrize(("name", "said"), [("3", "Bay 3"), ("W1", "Bay W1"), ("Wash", "Wash")])
def test_a_named_bay_is_not_numbered(name: str, said: str) -> None:
    """Falls over without `name[-1:].isdigit()` in `templates/board/parts.html`."""
    template = RENDERER._environment("en").from_string(MACRO)
    assert template.render(name=name) == said
