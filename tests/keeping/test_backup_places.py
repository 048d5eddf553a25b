"""Where a backup cannot be written, or its key not be read, a sentence names what to mend."""

from pathlib import Path

import pytest

from tests.e2e.running import shop_file
from tests.starting.asked import Ask, asking


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """The command line, with a shop that has data."""
    asked = asking(monkeypatch, capsys, tmp_path)
    file = tmp_path / "shop.toml"
    file.write_text(shop_file())
    assert asked("shop", "import", str(file))[0] == 0
    return asked


def test_a_folder_that_is_not_there_is_named(ask: Ask, tmp_path: Path) -> None:
    """Falls over without `elif wanted.endswith("/"):` in `cli_keep.py`."""
    code, said = ask("backup", f"{tmp_path}/missing/")
    assert code == 1
    assert said == f"baylight: there is no folder {tmp_path}/missing\n"
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("file", ["/proc/", "/proc/baylight.tar.gz"])
def test_a_folder_that_cannot_be_written_is_named(ask: Ask, file: str) -> None:
    """Falls over without `with _named(target):` in `cli_keep.py`."""
    code, said = ask("backup", file)
    assert code == 1
    assert "baylight: /proc cannot be written (" in said
    assert ".baylight-" not in said


def test_a_key_that_cannot_be_looked_for_is_named_by_its_setting(ask: Ask, tmp_path: Path) -> None:
    """Falls over without `open_secret(settings.secret_file, may_make=False)` in `cli_keep.py`."""
    file = str(tmp_path / ("x" * 300))
    code, said = ask("backup", str(tmp_path / "a.tar.gz"), BAYLIGHT_SECRET_FILE=file)
    assert code == 1
    assert said == f"baylight: BAYLIGHT_SECRET_FILE: {file} cannot be used (File name too long)\n"


def test_a_folder_named_with_its_slash_is_written_into(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    assert ask("backup", f"{tmp_path}/kept/")[0] == 0
    assert len(list((tmp_path / "kept").iterdir())) == 1
