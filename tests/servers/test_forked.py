"""What is forked from the fork server is a process like any other."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.servers.forked import Forked


def started(folder: Path, *words: str) -> Forked:
    """`baylight` with its words in a file and nothing to read."""
    with (folder / "said").open("wb") as said, open(os.devnull, "rb") as nothing:
        stdio = [nothing.fileno(), said.fileno(), said.fileno()]
        environment = {"PATH": os.environ["PATH"], "BAYLIGHT_DATA": str(folder / "no shop")}
        return Forked(words, environment, stdio)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [(["--help"], 0, "usage"), (["no", "words"], 2, "usage"), (["token", "list"], 1, "no shop")],
)
def test_it_says_its_words_and_tells_how_it_ended(
    tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    assert started(tmp_path, *words).wait(60) == status
    assert said in (tmp_path / "said").read_text()


def test_whoever_waits_in_vain_is_told(tmp_path: Path) -> None:
    fifo = tmp_path / "never written"
    os.mkfifo(fifo)
    process = started(tmp_path, "shop", "check", str(fifo))
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0)
    assert process.poll() is None
    assert os.getpgid(process.pid) == os.getsid(process.pid) == process.pid
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL
    process.send_signal(signal.SIGKILL)
