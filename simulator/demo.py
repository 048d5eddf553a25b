"""The demo shop: a folder of its own, a server as a child process, and who may sign in.

Ends what it started, and only that, by its process id.
"""

import os
import signal
import subprocess
import sys
import time as real_time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType

from devices.address import BrokerAddress
from devices.broker_files import DEVICE_USER, read_credentials
from simulator.crew import Crew, read_crew
from simulator.fittings import badge_of, bindings
from simulator.http import Connection, Json, Unreachable, is_object
from simulator.kept_clock import is_kept, read_clock
from simulator.owned import emptied, held, owned, require_free
from simulator.run import Wish

START_SECONDS = 120.0
STOP_SECONDS = 15.0
USUAL_RATE, USUAL_START = 60.0, time(8)
_RUN = "import sys; from cli import main; sys.exit(main())"
WALLS = (("tv", "tv"), ("lounge", "lounge"), ("queue", "queue"), ("arrivals-tv", "arrivals"))
"""The pages of walls and what they show."""
HOME = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class DemoWish:
    """Which demo to start. `date` as ISO text, '' for today; without `rate` and `start` as usual,
    or as kept. `mark`: what stands for a badge in a shop's files; without it nobody has one.
    """

    shop: Path
    data: Path
    keep: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    rate: float | None = None
    start: time | None = None
    date: str = ""
    mark: Callable[[Path, str], str] | None = None


class Demo:
    """One demo shop while it runs; leaving the context ends its server."""

    def __init__(self, wish: DemoWish) -> None:
        self.wish = wish
        self.crew: Crew = read_crew(wish.shop.read_text("utf-8"))
        self.codes: dict[str, str] = {}
        self.rate = wish.rate or USUAL_RATE
        self._server: subprocess.Popen[bytes] | None = None
        self._held = 0

    @property
    def url(self) -> str:
        """Where the shop is, without slash."""
        host = "127.0.0.1" if self.wish.host in ("0.0.0.0", "::") else self.wish.host
        return f"http://{host}:{self.wish.port}"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.wish.data / "server.log"

    def __enter__(self) -> "Demo":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        if self._held:
            os.close(self._held)
            self._held = 0

    def start(self, *, with_codes: bool = True) -> None:
        """Prepare the folder, start the server and wait until it is ready.

        Raises ValueError with a sentence when the folder is not ours or the server does not start.
        """
        require_free(self.wish.host, self.wish.port)
        self._held = self._held or held(self.wish.data)
        begins = self._begins()
        kept = self.wish.keep and is_kept(self.wish.data)
        if kept:
            self._require_no_beginning()
        else:
            emptied(self.wish.data)
            # All that takes real time comes before the day, so that it begins on the minute.
            self.command(["shop", "import", str(self.wish.shop)], begins - timedelta(hours=1))
            (self.wish.data / "sensors.toml").write_text(bindings(self._holders()), "utf-8")
        if with_codes:
            self.make_codes()
        self.serve(self._goes_on() if kept else f"{begins.isoformat()},{self.rate}")

    def _holders(self) -> dict[str, str]:
        """Technicians by the marks of their badges."""
        mark, who = self.wish.mark, self.crew.skills
        return {mark(self.wish.data, badge_of(one)): one for one in who} if mark else {}

    def _require_no_beginning(self) -> None:
        if self.wish.start is not None or self.wish.date:
            raise ValueError(
                f"with --keep the shop in {self.wish.data} goes on where it stands: leave --start "
                "and --date out, or leave --keep out and begin a new shop"
            )

    def _goes_on(self) -> str:
        """The kept clock, at the rate that is wished for if one is."""
        kept = read_clock(self.wish.data)
        self.rate = self.wish.rate or kept.rate
        return kept.going_on(self.rate, datetime.now(UTC))

    def _begins(self) -> datetime:
        wanted = self.wish.date
        zone = self.crew.zone
        day = date.fromisoformat(wanted) if wanted else datetime.now(zone).date()
        return datetime.combine(day, self.wish.start or USUAL_START, zone)

    def environment(self, clock: str) -> dict[str, str]:
        """What the server's processes are told; nothing of the caller's own shop goes in."""
        ours = ("BAYLIGHT_", "DATABASE_URL", "REDIS_URL", "MQTT_URL")
        outside = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        return {
            **outside,
            "PYTHONPATH": str(HOME),
            "BAYLIGHT_DATA": str(self.wish.data),
            "BAYLIGHT_HOST": self.wish.host,
            "BAYLIGHT_PORT": str(self.wish.port),
            "BAYLIGHT_CLOCK": clock,
        }

    def command(self, words: list[str], begins: datetime | None = None) -> str:
        """Run one `baylight` command on the demo's folder; its output. ValueError when it fails."""
        clock = (
            f"{begins.isoformat()},{self.rate}" if begins else read_clock(self.wish.data).setting
        )
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *words],
            env=self.environment(clock),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ValueError(f"baylight {' '.join(words)}: {done.stdout}{done.stderr}".strip())
        return done.stdout

    def serve(self, clock: str) -> None:
        """Start the server with this clock and wait until it is ready.

        ValueError when the port is taken: whoever answers there is not ours to play with.
        """
        require_free(self.wish.host, self.wish.port)
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [*owned(), sys.executable, "-c", _RUN, "serve"],
                env=self.environment(clock),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches this process alone, which ends the server in its turn.
                start_new_session=True,
            )
        deadline = real_time.monotonic() + START_SECONDS
        while self._server.poll() is not None or not self.ready():
            if self._server.poll() is not None or real_time.monotonic() > deadline:
                self.stop()
                words = self.log.read_text(errors="replace")[-600:]
                raise ValueError(f"the server did not start; its words:\n{words}")
            real_time.sleep(0.05)

    def restart(self) -> None:
        """End the server and start it again; the shop's clock goes on meanwhile."""
        self.stop()
        self.serve(read_clock(self.wish.data).setting)

    def ready(self) -> bool:
        """Whether it answers and nothing is missing."""
        said = self._health()
        return said.get("status") == "ready" and not said["degraded"]

    def clock(self) -> tuple[datetime, float] | None:
        """The shop's now and how fast it runs, also while something is missing; None in silence."""
        said = self._health().get("clock")
        if not is_object(said):
            return None
        now = datetime.fromisoformat(str(said["now"])).astimezone(self.crew.zone)
        return now, float(str(said["rate"]))

    def _health(self) -> Json:
        """What /readyz says, ready or not; empty while it does not answer."""
        asking = Connection(self.url)
        try:
            return asking.get("/readyz").body
        except Unreachable:
            return {}
        finally:
            asking.close()

    def make_codes(self) -> None:
        """Make a fresh code for each wall; the single use of the old ones is over."""
        for page, audience in WALLS:
            self.codes[page] = self.command(["token", "screen", audience]).split("  ")[0].strip()

    def broker(self) -> BrokerAddress | None:
        """The demo's own broker as its devices see it."""
        kept = read_credentials(self.wish.data / "broker")
        if kept is None:
            return None
        return BrokerAddress("127.0.0.1", kept.port, DEVICE_USER, kept.device)

    def play(self, seed: int, visits: int, days: int, until: time | None) -> Wish:
        """The days to be played on this shop."""
        plain = Wish(self.url, self.crew, self.broker(), seed, visits, days, until, self.skip_night)
        return replace(plain, has_badges=self.wish.mark is not None)

    def skip_night(self, morning: datetime) -> None:
        """Let the shop's clock go on at `morning`; the shop keeps everything else."""
        self.stop()
        self.serve(f"{morning.isoformat()},{self.rate}")

    def stop(self) -> None:
        """End the server, if it runs."""
        server, self._server = self._server, None
        if server is None or server.poll() is not None:
            return
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
