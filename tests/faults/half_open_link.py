"""A link that goes down between a screen and its server, in network namespaces of their own.

Run as `unshare -n python -m tests.faults.half_open_link FOLDER`: prints what became of both sides.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.running import ROOT, RunningShop, running_shop, until
from tests.e2e.watching import Visitor
from tests.faults.follower import Follower
from tests.faults.left_over import figures_of
from tests.faults.proxy import network
from tests.servers.fair_clock import fair_seconds

SERVER, SCREEN = "10.217.0.1", "10.217.0.2"
HERE = [sys.executable, "-m", "tests.faults.half_open_link"]


def run(*words: str) -> None:
    """Run a command that must succeed."""
    subprocess.run(words, check=True, capture_output=True)


def link_to(pid: int) -> None:
    """A cable between this network and that of another process."""
    inside = ("nsenter", "-t", str(pid), "-n", "ip")
    run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there")
    run("ip", "link", "set", "there", "netns", str(pid))
    run("ip", "addr", "add", f"{SERVER}/24", "dev", "here")
    run("ip", "link", "set", "here", "up")
    run(*inside, "addr", "add", f"{SCREEN}/24", "dev", "there")
    run(*inside, "link", "set", "there", "up")


class FarScreen:
    """The screen behind the cable: answers each line with where it stands."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def told(self) -> dict[str, Any]:
        """Where it stands."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found


def follow(url: str, cookie: str) -> None:
    """The far screen itself."""
    with network() as net:
        screen = Follower(net, url, Cookie=cookie).start()
        for _ in sys.stdin:
            told = screen.read(lambda told: [told.dials, told.silences, sorted(told.regions)])
            named = dict(zip(("dials", "silences", "regions"), told, strict=True))
            sys.stdout.write(json.dumps(named) + "\n")
            sys.stdout.flush()


def seconds_until(holds: Callable[[], object]) -> float:
    """How long it takes until something holds."""
    began = fair_seconds()
    until(holds)
    return fair_seconds() - began


def play(shop: RunningShop, far: FarScreen) -> dict[str, object]:
    """The cable is pulled, both sides notice, and it is put in again."""
    until(lambda: far.told()["regions"])
    run("ip", "link", "set", "here", "down")
    job = shop.receive("京H10001")
    began = fair_seconds()
    server = seconds_until(lambda: figures_of(shop).get("screens") == 0)
    until(lambda: far.told()["silences"])
    screen = fair_seconds() - began
    run("ip", "link", "set", "here", "up")
    until(lambda: f"job-{job}" in far.told()["regions"])
    return {"server": server, "screen": screen, "dials": far.told()["dials"]}


def main(folder: str) -> None:
    """Lay the cable, start both sides, play."""
    run("ip", "link", "set", "lo", "up")
    with (
        subprocess.Popen(["unshare", "-n", "sleep", "100"]) as holder,
        running_shop(Path(folder), BAYLIGHT_HOST="0.0.0.0") as shop,
    ):
        cookie = Visitor(shop).sign_in("mona").cookies
        until(lambda: _is_apart(holder.pid))
        link_to(holder.pid)
        url = f"ws://{SERVER}:{shop.port}/live/board"
        words = ["nsenter", "-t", str(holder.pid), "-n", *HERE, url, cookie]
        with subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            sys.stdout.write(json.dumps(play(shop, FarScreen(process))) + "\n")
            process.kill()
        holder.kill()


def _is_apart(pid: int) -> bool:
    return Path(f"/proc/{pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        follow(*sys.argv[1:])
