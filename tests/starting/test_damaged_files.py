"""A data folder with a damaged or foreign file is refused with a sentence, and left alone."""

import sqlite3
from pathlib import Path

from tests.e2e.running import shop_file
from tests.starting.asked import Ask

CLOCK = "2026-11-21T08:00+08:00,60"


def kept_shop(ask: Ask, folder: Path, **settings: str) -> Path:
    """A shop that has data; its database file."""
    file = folder / "shop.toml"
    file.write_text(shop_file())
    assert ask("shop", "import", str(file), **settings)[0] == 0
    return folder / "data" / "baylight.db"


def test_a_file_that_is_no_database_is_refused(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "baylight.db"
    database.write_bytes(b"a photo of a car" * 1000)
    code, said = ask("serve")
    assert code == 1
    assert f"{database} is not a database: check the data folder or restore a backup." in said
    assert database.read_bytes() == b"a photo of a car" * 1000


def test_a_damaged_database_is_refused(ask: Ask, tmp_path: Path) -> None:
    database = kept_shop(ask, tmp_path)
    with sqlite3.connect(database) as line:
        line.execute("PRAGMA journal_mode = DELETE")
    line.close()
    kept = database.read_bytes()
    database.write_bytes(kept[:4096] + b"\x7f" * (len(kept) - 4096))
    code, said = ask("serve")
    assert code == 1
    assert f"The database {database} is damaged: restore a backup." in said


def test_another_key_than_32_bytes_is_refused(ask: Ask, tmp_path: Path) -> None:
    kept_shop(ask, tmp_path)
    (tmp_path / "data" / "secret").write_text("00" * 31)
    code, said = ask("serve")
    assert code == 1
    assert "BAYLIGHT_SECRET_FILE" in said


def test_a_simulated_clock_is_refused_where_there_is_real_data(ask: Ask, tmp_path: Path) -> None:
    kept_shop(ask, tmp_path)
    code, said = ask("serve", BAYLIGHT_CLOCK=CLOCK)
    assert code == 1
    assert "this shop has real data" in said


def test_real_time_is_refused_where_there_is_simulated_data(ask: Ask, tmp_path: Path) -> None:
    kept_shop(ask, tmp_path, BAYLIGHT_CLOCK=CLOCK)
    code, said = ask("serve", BAYLIGHT_CLOCK="")
    assert code == 1
    assert "this shop was simulated" in said


def test_a_damaged_note_of_the_simulated_clock_is_refused(ask: Ask, tmp_path: Path) -> None:
    kept_shop(ask, tmp_path, BAYLIGHT_CLOCK=CLOCK)
    note = tmp_path / "data" / "clock.json"
    for text in ("", "[]", "{}", '{"began": "never"}'):
        note.write_text(text)
        code, said = ask("serve", BAYLIGHT_CLOCK=CLOCK)
        assert code == 1
        assert f"{note} is damaged" in said


def test_a_database_that_another_process_holds_is_named(ask: Ask, tmp_path: Path) -> None:
    database = kept_shop(ask, tmp_path)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    code, said = ask("serve")
    holder.close()
    assert code == 1
    assert f"The database {database} is locked: another process holds it; end it." in said
