"""`baylight devices`: who speaks and hangs on no bay, and what is wrong in the sensors' files."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from board.core.slips import FileSlip, Speak
from board.languages import Languages
from cli_shop import Deeds
from devices.binding_tables import read_bindings
from devices.broker_files import give_password
from devices.openings import read_openings
from devices.own_presence import read_presence
from devices.profiles.shelf import shelf_of
from settings import read_settings

HOME = Path(__file__).resolve().parent
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a terminal says its language, the deciding one first."""


def add_devices_command(commands: Deeds) -> None:
    """Add `devices`."""
    about = "list devices that hang on no bay, and every mistake in sensors.toml and profiles/"
    devices = commands.add_parser("devices", help=about, description=about)
    own = "give this native device a password of its own at our broker: it speaks for itself alone"
    devices.add_argument("--password", metavar="ID", help=own)
    devices.set_defaults(run=run_devices)


def run_devices(chosen: argparse.Namespace) -> int:
    """Print the list that the running server keeps; 1 when there is a mistake or no list."""
    data = read_settings().data
    if chosen.password:
        return _give_password(data / "broker", chosen.password)
    _ = _terminal(os.environ)
    mistakes = list(_mistakes(data))
    for one in mistakes:
        print(one.told(_), file=sys.stderr)
    try:
        print((data / "inbox.toml").read_text("utf-8"), end="")
    except FileNotFoundError:
        nobody = _("No server listens to sensors with this data folder: start one, and look again.")
        print(nobody, file=sys.stderr)
        return 1
    return 1 if mistakes else 0


def _give_password(folder: Path, device: str) -> int:
    """Make one and print it: it is shown once, and a lost one is replaced in the same way."""
    try:
        given = give_password(folder, device)
    except ValueError as fault:
        print(f"{fault}.", file=sys.stderr)
        return 1
    print(f"user {device}  password {given.devices[device]}  port {given.port}")
    return 0


def _terminal(environ: Mapping[str, str]) -> Speak:
    """What speaks the language of the terminal."""
    languages = Languages(HOME / "locales")
    return languages.translations(spoken(languages, environ)).gettext


def spoken(languages: Languages, environ: Mapping[str, str]) -> str:
    """The language of a terminal by its locale, as in zh_TW.UTF-8; English for any other."""
    told = next((one for key in LOCALE if (one := environ.get(key))), "")
    return languages.best(told.partition(".")[0])


def _mistakes(data: Path) -> Iterator[FileSlip]:
    """What a running server would say of the files; bays are known to it only."""
    shelf, file = shelf_of(data / "profiles"), data / "sensors.toml"
    text = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
    _, wrong = read_bindings(text, None, shelf.profiles)
    _, more = read_openings(text)
    _, still = read_presence(text)
    for one in dict.fromkeys((*wrong, *more, *still)):
        yield one.within(file.name)
    yield from shelf.mistakes
