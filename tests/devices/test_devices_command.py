"""`baylight devices` prints the running server's list, and every mistake in the files."""

from pathlib import Path

import pytest

from cli import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BAYLIGHT_DATA", str(tmp_path))
    return tmp_path


def test_the_list_of_the_running_server_is_printed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "inbox.toml").write_text("# There are none.\n")
    assert main(["devices"]) == 0
    assert capsys.readouterr().out == "# There are none.\n"


def test_without_a_server_it_is_said_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 1
    assert "No server listens to sensors" in capsys.readouterr().err


def test_every_mistake_is_named_with_its_file(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "inbox.toml").write_text("# There are none.\n")
    (data / "profiles").mkdir()
    (data / "profiles" / "mine.toml").write_text("name = 7\n")
    (data / "sensors.toml").write_text('[[sensor]]\ndevice = "native:x"\nprofile = "mine"\n')
    assert main(["devices"]) == 1
    said = capsys.readouterr()
    assert said.out == "# There are none.\n"
    assert "sensors.toml line 1: channel is missing" in said.err
    assert "profiles/mine.toml line 1: name must be a text" in said.err
