"""What the environment says, read once at start; a value that makes no sense is refused by name."""

import os
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import parse_qsl, unquote

import psycopg
from psycopg.conninfo import make_conninfo

from board.database import database_url
from board.web.proxies import Network, read_networks
from devices.address import BrokerAddress, read_address
from devices.speech_engine import SHIPPED

ENVIRONMENT: dict[str, str] = {
    "BAYLIGHT_DATA": "folder for the database, the secret and the broker's files (./data)",
    "BAYLIGHT_HOST": "address to listen on (127.0.0.1)",
    "BAYLIGHT_PORT": "port to listen on (8000)",
    "BAYLIGHT_HTTPS_PORT": "port for https, once `baylight https` made a certificate (8443)",
    "DATABASE_URL": "postgresql+psycopg://… instead of the SQLite file in the data folder",
    "REDIS_URL": "redis://… as the doorbell between several processes",
    "MQTT_URL": "mqtt(s)://user:password@host:port?ca=…, or off; empty: our own mosquitto",
    "BAYLIGHT_PROXIES": "addresses or networks of our own proxies, with commas (none)",
    "BAYLIGHT_SPEECH": "command that reads a sentence and writes WAV, or off (espeak-ng)",
    "BAYLIGHT_SECRET_FILE": "file with the master key (BAYLIGHT_DATA/secret, made at first start)",
    "BAYLIGHT_CLOCK": "START,RATE, e.g. 2026-11-21T08:00+08:00,60: a simulated clock for demos",
}

_YEARS = range(2000, 2100)


class SettingsFault(Exception):
    """A setting that makes no sense: its name and the reason, for a person."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name


@dataclass(frozen=True, slots=True)
class ClockSetting:
    """A simulated clock: where it starts and how many times faster than life it runs."""

    start: datetime
    rate: float


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `mqtt` None: our own broker; `sensors` False: run without any.

    `speech`: the engine's command, empty for none.
    """

    data: Path
    host: str
    port: int
    https_port: int
    database_url: str
    redis_url: str
    mqtt: BrokerAddress | None
    sensors: bool
    secret_file: Path
    clock: ClockSetting | None
    proxies: tuple[Network, ...] = ()
    speech: tuple[str, ...] = SHIPPED


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in `environment`; raises SettingsFault for the first that is wrong."""
    _require_known(environment)
    get = environment.get
    data = _folder("BAYLIGHT_DATA", get("BAYLIGHT_DATA", "") or "data")
    mqtt = get("MQTT_URL", "").strip()
    return Settings(
        data=data,
        host=get("BAYLIGHT_HOST", "").strip() or "127.0.0.1",
        port=_port("BAYLIGHT_PORT", get("BAYLIGHT_PORT", "").strip() or "8000"),
        https_port=_port("BAYLIGHT_HTTPS_PORT", get("BAYLIGHT_HTTPS_PORT", "").strip() or "8443"),
        database_url=_database(get("DATABASE_URL", "").strip(), data),
        redis_url=_redis(get("REDIS_URL", "").strip()),
        mqtt=_broker(mqtt) if mqtt and mqtt != "off" else None,
        sensors=mqtt != "off",
        secret_file=_path(
            "BAYLIGHT_SECRET_FILE", get("BAYLIGHT_SECRET_FILE", "") or str(data / "secret")
        ),
        clock=_clock(get("BAYLIGHT_CLOCK", "").strip()),
        proxies=_proxies(get("BAYLIGHT_PROXIES", "")),
        speech=_speech(get("BAYLIGHT_SPEECH", "").strip()),
    )


def _require_known(environment: Mapping[str, str]) -> None:
    """A misspelt setting would be left out in silence."""
    for name in sorted(environment):
        if name.startswith("BAYLIGHT_") and name not in ENVIRONMENT:
            bare = name.removeprefix("BAYLIGHT_")
            near = bare if bare in ENVIRONMENT else get_close_matches(name, ENVIRONMENT, 1, 0)[0]
            raise SettingsFault(name, f"there is no such setting; the nearest is {near}")


def _path(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise SettingsFault(name, f"{text} names the home of nobody here") from None


def _folder(name: str, text: str) -> Path:
    folder = _path(name, text)
    if folder.exists() and not folder.is_dir():
        raise SettingsFault(name, f"{folder} is a file, a folder is needed")
    return folder


def make_data_folder(folder: Path) -> None:
    """Make the data folder if it is missing; SettingsFault when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = f"{folder} cannot be written ({error.strerror}); check its rights and its disk"
        raise SettingsFault("BAYLIGHT_DATA", reason) from None


def _port(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 65535:
        raise SettingsFault(name, f"{text!r} is no port from 0 to 65535")
    return int(text)


def _database(text: str, data: Path) -> str:
    if not text:
        return f"sqlite:///{data / 'baylight.db'}"
    try:
        url = database_url(text)
        _require_options(url)
    except (ValueError, psycopg.ProgrammingError) as error:
        raise SettingsFault("DATABASE_URL", str(error).strip()) from None
    if unquote(url.removeprefix("sqlite://")).strip("/") in ("", ":memory:"):
        raise SettingsFault("DATABASE_URL", "must name a file: sqlite:///path/to/file")
    return url


def _require_options(url: str) -> None:
    """What PostgreSQL's driver does not know would fail in its own words at every connection."""
    address, _, options = url.partition("?")
    if address.startswith("postgresql"):
        make_conninfo(**dict(parse_qsl(options, keep_blank_values=True)))


def _redis(text: str) -> str:
    if text and not text.startswith(("redis://", "rediss://", "unix://")):
        raise SettingsFault("REDIS_URL", "must begin with redis://, rediss:// or unix://")
    return text


def _broker(text: str) -> BrokerAddress:
    try:
        return read_address(text)
    except ValueError as error:
        raise SettingsFault("MQTT_URL", str(error)) from None


def _proxies(text: str) -> tuple[Network, ...]:
    try:
        return read_networks(text)
    except ValueError as error:
        raise SettingsFault("BAYLIGHT_PROXIES", str(error)) from None


def _speech(text: str) -> tuple[str, ...]:
    if not text or text == "off":
        return () if text else SHIPPED
    try:
        words = tuple(shlex.split(text))
    except ValueError:
        raise SettingsFault("BAYLIGHT_SPEECH", "a quotation mark is missing") from None
    if shutil.which(words[0]) is None:
        raise SettingsFault("BAYLIGHT_SPEECH", f"{words[0]} is no program that can be started")
    return words


def _clock(text: str) -> ClockSetting | None:
    if not text:
        return None
    start, _, rate = text.partition(",")
    try:
        begins, speed = datetime.fromisoformat(start), float(rate or "1")
    except ValueError:
        raise SettingsFault(
            "BAYLIGHT_CLOCK", "write START,RATE: a time with zone, a number"
        ) from None
    if begins.tzinfo is None:
        raise SettingsFault("BAYLIGHT_CLOCK", "the start needs a zone, e.g. +08:00")
    if begins.year not in _YEARS:
        raise SettingsFault("BAYLIGHT_CLOCK", "the start must be in the years 2000 to 2099")
    if not 0 < speed <= 3600:
        raise SettingsFault("BAYLIGHT_CLOCK", "the rate must be over 0 and at most 3600")
    return ClockSetting(begins, speed)
