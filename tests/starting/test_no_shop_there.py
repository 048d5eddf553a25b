"""A command with a mistaken data folder says so, and makes no shop there."""

from pathlib import Path

import pytest

from tests.starting.asked import Ask


@pytest.mark.parametrize(
    "words",
    [
        "erase --plate 京A12345 --yes",
        "token list",
        "token create till --roles cashier",
        "token screen tv",
        "person link mona",
        "rebuild",
        "backup",
    ],
)
def test_no_shop_is_made_by_the_way(ask: Ask, tmp_path: Path, words: str) -> None:
    """Falls over without `require_shop`: the folder would hold a database and a master key."""
    code, said = ask(*words.split(), BAYLIGHT_DATA=str(tmp_path / "mistaken"))
    assert (code, "there is no shop in" in said, "BAYLIGHT_DATA" in said) == (1, True, True)
    assert not (tmp_path / "mistaken").exists()
