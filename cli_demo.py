"""`baylight demo`, `baylight simulate`: a shop with a working day played on it."""

import argparse
import asyncio
import logging
import signal
from dataclasses import replace
from datetime import time
from pathlib import Path

from board.secret import derived, open_secret
from devices.badges import MARK_SIGNS, mark_of
from simulator.crew import read_crew
from simulator.day import USUAL_VISITS
from simulator.demo import Demo, DemoWish
from simulator.doors import ShopGone
from simulator.lamps.troubles import LampTrouble
from simulator.run import Wish, simulate
from simulator.sensors import broker_at
from simulator.troubles import Trouble
from simulator.welcome import welcome

HOME = Path(__file__).resolve().parent
DEMO_SHOP = HOME / "examples" / "demo.toml"


def add_demo_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `demo` and `simulate`."""
    demo = commands.add_parser(
        "demo",
        help="start a shop with a simulated working day",
        description="Start a shop of its own with a simulated working day: cars arrive, sensors "
        "speak MQTT, technicians work, screens live. Ctrl-C ends everything.",
    )
    demo.add_argument("--data", type=Path, default=Path("data/demo"), help="folder (data/demo)")
    demo.add_argument("--keep", action="store_true", help="go on with the shop in the folder")
    demo.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    demo.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    demo.add_argument("--rate", type=_rate, help="times faster than life (60, or as kept)")
    demo.add_argument("--start", type=_time, help="when the day begins (08:00)")
    demo.add_argument("--date", default="", help="the first day, e.g. 2026-11-23 (today)")
    demo.add_argument("--days", type=int, default=30, help="how many days are played (30)")
    _add_common(demo)
    demo.set_defaults(run=run_demo)
    play = commands.add_parser(
        "simulate",
        help="play a working day against a shop that runs",
        description="Play a working day against a shop that runs, through its public doors.",
    )
    play.add_argument(
        "--url", required=True, help="address of the shop, e.g. http://127.0.0.1:8000"
    )
    play.add_argument(
        "--pins", type=Path, required=True, help="set-up file of the shop with [pins]"
    )
    play.add_argument(
        "--mqtt", default="", help="mqtt://device:password@host:port; no sensors without"
    )
    play.add_argument("--days", type=int, default=1, help="how many days are played (1)")
    _add_common(play)
    play.set_defaults(run=run_simulate)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="another seed is another day (1)")
    parser.add_argument("--visits", type=int, default=USUAL_VISITS, help="customers per day")
    parser.add_argument(
        "--troubles",
        nargs="+",
        default=(),
        type=_trouble,
        metavar="TROUBLE",
        help=f"what the devices do besides, by the seed: {', '.join(Trouble)}; "
        f"of the lamps: {', '.join(LampTrouble)} (nothing)",
    )
    parser.add_argument("--until", type=_time, help="stop at this time with a full board")


def _trouble(text: str) -> Trouble | LampTrouble:
    kinds = (*Trouble, *LampTrouble)
    if text not in kinds:
        raise argparse.ArgumentTypeError(f"no {text}; there are {', '.join(kinds)}")
    return LampTrouble(text) if text in tuple(LampTrouble) else Trouble(text)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate <= 3600:
        raise argparse.ArgumentTypeError("over 0 and at most 3600")
    return rate


def run_simulate(chosen: argparse.Namespace) -> int:
    """Play against the shop at --url; 1 when anything unexpected came."""
    wish = Wish(
        url=chosen.url,
        crew=read_crew(chosen.pins.read_text("utf-8")),
        broker=broker_at(chosen.mqtt) if chosen.mqtt else None,
        seed=chosen.seed,
        visits=chosen.visits,
        days=chosen.days,
        until=chosen.until,
        troubles=tuple(chosen.troubles),
    )
    return _finished(wish)


def run_demo(chosen: argparse.Namespace) -> int:
    """Start the demo shop and play until Ctrl-C."""
    wish = DemoWish(
        shop=DEMO_SHOP,
        data=chosen.data.absolute(),
        keep=chosen.keep,
        host=chosen.host,
        port=chosen.port,
        rate=chosen.rate,
        start=chosen.start,
        date=chosen.date,
        mark=mark_in,
    )
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupted)
    with Demo(wish) as demo:
        demo.start()
        print(welcome(demo), flush=True)
        play = demo.play(chosen.seed, chosen.visits, chosen.days, chosen.until)
        return _finished(replace(play, troubles=tuple(chosen.troubles)))


def mark_in(data: Path, badge: str) -> str:
    """What stands for a badge in the files of the shop in this folder."""
    return mark_of(derived(open_secret(data / "secret"), "readers"), badge)[:MARK_SIGNS]


def _interrupted(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _finished(wish: Wish) -> int:
    # What goes wrong is in the summary; the progress line must stay readable.
    logging.getLogger("simulator").setLevel(logging.ERROR)
    try:
        outcome = asyncio.run(simulate(wish))
    except ShopGone as gone:
        raise ValueError(f"the shop does not answer any more ({gone})") from None
    print(outcome.summary)
    return 0 if outcome.went_well else 1
