"""The demo takes only folders that are its own."""

from pathlib import Path

import pytest

from cli import main
from simulator.demo import Demo, DemoWish

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "baylight.db").write_text("a real shop")
    with (
        Demo(DemoWish(SHOP_FILE, tmp_path)) as demo,
        pytest.raises(ValueError, match="holds no demo"),
    ):
        demo.start()
    assert (tmp_path / "baylight.db").read_text() == "a real shop"


def test_the_servers_of_a_demo_see_nothing_of_the_callers_own_shop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://real/shop")
    monkeypatch.setenv("BAYLIGHT_SECRET_FILE", "/etc/real")
    told = Demo(DemoWish(SHOP_FILE, tmp_path)).environment("2026-11-23T08:00+08:00,60")
    assert "DATABASE_URL" not in told
    assert "BAYLIGHT_SECRET_FILE" not in told
    assert told["BAYLIGHT_DATA"] == str(tmp_path)


def test_simulate_says_in_words_that_a_file_has_no_pins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.toml"
    file.write_text("[shop]\nname = 'x'\n")
    assert main(["simulate", "--url", "http://127.0.0.1:1", "--pins", str(file)]) == 1
    assert "[pins]" in capsys.readouterr().err
