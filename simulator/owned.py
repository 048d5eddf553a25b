"""What is a demo's own: a port that nobody uses, a folder without another demo in it, a server
that ends with the demo.
"""

import fcntl
import os
import shutil
import socket
from pathlib import Path

from simulator.kept_clock import is_kept


def require_free(host: str, port: int) -> None:
    """ValueError with a sentence where something listens."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            what = f"{host}:{port} cannot be used ({error.strerror})"
            raise ValueError(f"{what}: stop what uses it or choose another --port") from None


def held(folder: Path) -> int:
    """The folder, made if need be; nobody else's until the number that comes back is closed.

    ValueError with a sentence while another demo runs there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(found)
        raise ValueError(
            f"a demo runs already in {folder}: end it or choose another folder with --data"
        ) from None
    return found


def emptied(folder: Path) -> None:
    """Take out what an earlier demo left; ValueError with a sentence where something else lies."""
    there = list(folder.iterdir())
    if there and not is_kept(folder):
        raise ValueError(f"{folder} holds no demo: empty it or choose another with --data")
    for one in there:
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()


def owned() -> tuple[str, ...]:
    """What stands before a command: where Linux offers it the kernel ends the server with us,
    however we end.
    """
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "TERM") if setpriv else ()
