"""The demo takes only folders that are its own."""

import json
import os
import socket
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from cli import main
from simulator.demo import Demo, DemoWish
from simulator.kept_clock import KeptClock
from simulator.owned import held
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "baylight.db").write_text("a real shop")
    with (
        Demo(DemoWish(SHOP_FILE, tmp_path, port=free_port())) as demo,
        pytest.raises(ValueError, match="holds no demo"),
    ):
        demo.start()
    assert (tmp_path / "baylight.db").read_text() == "a real shop"


def test_a_demo_that_runs_keeps_its_folder_though_another_one_is_started(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text("{}")
    (tmp_path / "baylight.db").write_text("a demo")
    with Demo(DemoWish(SHOP_FILE, tmp_path, port=free_port())) as second:
        running = held(tmp_path)
        with pytest.raises(ValueError, match="a demo runs already"):
            second.start()
        os.close(running)
        assert (tmp_path / "baylight.db").read_text() == "a demo"


def test_a_port_that_is_taken_is_told_before_an_earlier_demo_is_thrown_away(
    tmp_path: Path,
) -> None:
    (tmp_path / "clock.json").write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wish = DemoWish(SHOP_FILE, tmp_path, port=taken.getsockname()[1])
        with Demo(wish) as demo, pytest.raises(ValueError, match="choose another --port"):
            demo.start()
    assert (tmp_path / "clock.json").exists()


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


def _clock(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "clock.json").read_text())
    return found


def test_a_shop_that_is_kept_has_no_other_beginning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clock.json").write_text("{}")
    for beginning in (["--start", "10:00"], ["--date", "2026-11-23"]):
        assert main(["demo", "--data", str(tmp_path), "--keep", *beginning]) == 1
        assert "leave --start and --date out" in capsys.readouterr().err
    assert (tmp_path / "clock.json").read_text() == "{}"


def test_a_kept_clock_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clock.json").write_text("{}")
    assert main(["demo", "--data", str(tmp_path), "--keep"]) == 1
    assert "start without --keep" in capsys.readouterr().err


@pytest.mark.timeout(120)
def test_a_shop_that_is_kept_goes_on_at_another_rate_from_where_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = DemoWish(SHOP_FILE, folder, port=free_port(), start=time(8), date="2026-11-23")
    with Demo(first) as demo:
        demo.start(with_codes=False)
    kept = _clock(folder)
    assert kept["rate"] == 60.0
    with Demo(replace(first, keep=True, rate=1.0, start=None, date="")) as demo:
        demo.start(with_codes=False)
        assert demo.rate == 1.0
        clock = demo.clock()
        assert clock is not None
        now, rate = clock
        assert rate == 1.0
        assert now > datetime.fromisoformat(str(kept["start"]))
        assert f"{now:%Y-%m-%d}" == "2026-11-23"


def test_a_kept_clock_goes_on_from_where_it_is_and_keeps_its_rate() -> None:
    began = datetime(2026, 11, 23, 12, tzinfo=UTC)
    kept = KeptClock(datetime(2026, 11, 23, tzinfo=UTC), began, 60.0)
    later = began + timedelta(minutes=2)
    assert kept.going_on(60.0, later) == kept.setting == "2026-11-23T00:00:00+00:00,60.0"
    assert kept.going_on(1.0, later) == "2026-11-23T02:00:00+00:00,1.0"
