"""Takes the pictures of the screens: a demo day with a fixed seed up to a rich moment.

python -m bench.pictures [FOLDER]
"""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
from contextlib import ExitStack
from datetime import time
from itertools import groupby
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.picture_camera import Camera
from bench.picture_pages import PEOPLE, WALLS
from simulator.demo import Demo, DemoWish
from simulator.http import Json, is_object, objects
from simulator.run import Outcome, simulate

HOME = Path(__file__).resolve().parents[1]
FOLDER = HOME / "docs" / "pictures"
DAY, MOMENT = "2026-11-23", time(11, 40)
SEED, VISITS = 7, 46
RATE, STILL = 200.0, 0.02
MOST_BYTES = 200_000
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
RICH = (
    *("reception", "dispatch", "work", "hold", "check", "wash", "handover"),
    *("calm", "soon", "late", "blocked", "worked", "unknown", "question", "someone at work"),
)


def main() -> int:
    """Play, stand still, take every picture; 1 when the day or a picture went wrong."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="baylight-pictures-") as data:
        wish = DemoWish(
            shop=HOME / "examples" / "demo.toml",
            data=Path(data) / "demo",
            port=_free_port(),
            rate=RATE,
            start=time(8),
            date=DAY,
        )
        with Demo(wish) as demo:
            outcome = _play(demo)
            _stand_still(demo)
            poor = _take_all(demo, folder)
    for sentence in (*outcome.surprises, *poor):
        _say(sentence)
    return 1 if outcome.surprises or poor else 0


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _play(demo: Demo) -> Outcome:
    demo.start()
    return asyncio.run(simulate(demo.play(SEED, VISITS, 1, MOMENT)))


def _stand_still(demo: Demo) -> None:
    """Go on from the same moment with a clock that hardly moves."""
    clock = demo.clock()
    assert clock is not None
    demo.stop()
    demo.serve(f"{clock[0].isoformat()},{STILL}")
    demo.make_codes()


def _missing(board: Json) -> list[str]:
    """What a rich moment has and this board lacks."""
    jobs, bays = objects(board.get("jobs")), objects(board.get("bays"))
    shown = {
        *(str(job["lane"]) for job in jobs),
        *(str(job["tone"]) for job in jobs),
        *(str(bay["condition"]) for bay in bays),
        *(str(one["presence"]) for bay in bays if is_object(one := bay.get("sensed"))),
        *("question" for bay in bays if bay.get("question")),
    }
    shown |= {"someone at work" for one in objects(board.get("technicians")) if one.get("running")}
    return [f"the moment lacks {what}" for what in RICH if what not in shown]


def _take_all(demo: Demo, folder: Path) -> list[str]:
    """Every picture; what is wrong with one, or with the moment."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        camera = Camera(browser, demo, folder)
        try:
            with ExitStack() as stays:
                walls = groupby(WALLS, key=lambda shot: shot.page)
                poor = [line for key, shots in walls for line in camera.wall(key, [*shots], stays)]
                board = camera.board()
                poor += [line for shot in PEOPLE for line in camera.take(shot, board)]
        finally:
            browser.close()
    sizes = {file.name: os.path.getsize(file) for file in sorted(folder.glob("*.png"))}
    poor += [f"{name} has {size} bytes" for name, size in sizes.items() if size > MOST_BYTES]
    return _missing(board) + poor


if __name__ == "__main__":
    sys.exit(main())
