"""Which files of a shop's data folder its sensors use, and what is written into them meanwhile.

Knows no desk and no broker.
"""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.address import BrokerAddress
from devices.battery_days import keep_days, read_days
from devices.known_names import keep_names
from devices.listed import keep_listed
from devices.logbooks import Logbooks
from devices.sensors import Sensors, SensorSettings
from devices.shop_files import BINDINGS
from devices.tallies import keep_tallies, read_tallies


@dataclass(frozen=True, slots=True)
class HallSettings:
    """`bindings`: the TOML file that says which sensor hangs on which bay; `profiles`: the folder
    of the shop's own profiles. Both may be missing. `inbox`: where unbound devices are listed;
    `batteries`, `counts`: where those of bound devices are kept, by day and since when they count;
    `names`: who speaks under which.
    """

    sensors: SensorSettings
    bindings: Path
    profiles: Path | None = None
    inbox: Path | None = None
    batteries: Path | None = None
    counts: Path | None = None
    names: Path | None = None


def hall_settings(
    folder: Path, site: str, address: BrokerAddress | None, badge_key: bytes
) -> HallSettings:
    """The sensors of the shop `site` with its data in `folder`; no address: a broker of our own."""
    broker = folder / "broker"
    sensors = SensorSettings(site=site, folder=broker, address=address, badge_key=badge_key)
    return HallSettings(
        sensors,
        folder / BINDINGS,
        folder / "profiles",
        inbox=folder / "inbox.toml",
        batteries=folder / "batteries.json",
        counts=folder / "device-counts.json",
        names=folder / "names.json",
    )


def remember(books: Logbooks, settings: HallSettings) -> None:
    """What was kept of bound devices before the start."""
    days = read_days(settings.batteries) if settings.batteries else {}
    tallies = read_tallies(settings.counts) if settings.counts else {}
    books.remember(days, tallies)


def beside(
    sensors: Sensors, settings: HallSettings, listed: Callable[[], str]
) -> Iterator[Coroutine[None, None, None]]:
    """What is written into files while it listens."""
    books = sensors.logbooks
    if settings.inbox:
        yield keep_listed(settings.inbox, listed)
    if settings.batteries:
        yield keep_days(settings.batteries, lambda: books.batteries)
    if settings.counts:
        yield keep_tallies(settings.counts, lambda: books.tallies)
    if settings.names:
        yield keep_names(settings.names, lambda: sensors.stage.recall.names)
