"""The `baylight` command line, called in the test's own process: what it says and returns."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli import main

Ask = Callable[..., tuple[int, str]]
"""Words, and settings by name -> exit code and everything printed."""


def asking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> Ask:
    """Calls the command line with its data in `folder` unless told otherwise."""

    def ask(*words: str, **settings: str) -> tuple[int, str]:
        usual = {"BAYLIGHT_DATA": str(folder / "data"), "BAYLIGHT_PORT": "0", "MQTT_URL": "off"}
        for name, value in (usual | settings).items():
            monkeypatch.setenv(name, value)
        code = main(words)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return ask
