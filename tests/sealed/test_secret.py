"""Without the key that belongs to it a sealed shop does not start: it never shows all as erased."""

import secrets
from pathlib import Path

import pytest

from board.database import open_database
from board.journal_sql import SqlJournal
from board.search import IndexedJob
from board.secret import open_secret
from tests.starting.asked import Ask, asking

SHOP = """
[shop]
name = "S"
[[bays]]
id = "1"
name = "1"
[[people]]
id = "m"
name = "M"
roles = ["manager"]
"""


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """The command line on a shop in which something was sealed."""
    return asking(monkeypatch, capsys, tmp_path)


@pytest.fixture
def secret(ask: Ask, tmp_path: Path) -> Path:
    """The master key of a shop that has sealed something."""
    file = tmp_path / "shop.toml"
    file.write_text(SHOP)
    assert ask("shop", "import", str(file))[0] == 0
    _seal_something(tmp_path / "data")
    assert ask("token", "list")[0] == 0
    return tmp_path / "data" / "secret"


def _seal_something(data: Path) -> None:
    engine = open_database(f"sqlite:///{data / 'baylight.db'}")
    journal = SqlJournal(engine, open_secret(data / "secret"))
    shop_id = journal.shop_ids()[0]
    journal.jobs.note(shop_id, [IndexedJob("j1", "R1", "working", 1, plate="京A11111")])
    journal.close()


def test_a_missing_secret_stops_the_start(ask: Ask, secret: Path) -> None:
    """Falls over when `open_secret` may make a key for a sealed database."""
    secret.unlink()
    for _ in range(2):
        code, told = ask("token", "list")
        assert code == 1
        assert "BAYLIGHT_SECRET_FILE: there is no" in told
        assert not secret.exists()


def test_another_secret_stops_the_start(ask: Ask, secret: Path) -> None:
    """Falls over without `require_secret` in the workshop."""
    secret.write_text(secrets.token_hex(32))
    code, told = ask("token", "list")
    assert code == 1
    assert "BAYLIGHT_SECRET_FILE is not the key" in told
