"""The files of a supervised mosquitto: settings, passwords, rights. Runs no process."""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from devices.topics import WORD

HASH_ROUNDS = 101
MOST_MESSAGE_BYTES = 1_048_576
MOST_CONNECTIONS = 200
OUR_USER = "baylight"
DEVICE_USER = "device"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The passwords of the two users, the port used last, and the passwords of those devices that
    speak for themselves alone.
    """

    ours: str
    device: str
    port: int
    devices: Mapping[str, str] = field(default_factory=dict)


def read_credentials(folder: Path) -> Credentials | None:
    """What was made at the first start; None when there is nothing (usable)."""
    try:
        kept = json.loads((folder / "credentials.json").read_text())
        devices = {str(one): str(own) for one, own in kept.get("devices", {}).items()}
        return Credentials(str(kept["ours"]), str(kept["device"]), int(kept["port"]), devices)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def make_credentials(port: int) -> Credentials:
    """New passwords, long enough that nobody tries them."""
    return Credentials(secrets.token_urlsafe(24), secrets.token_urlsafe(12), port)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Topics that devices with the common password may use, to speak and to hear; of `hears`, as
    commands are, to hear only.
    """

    filters: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()


def write_files(
    folder: Path, site: str, spoken: Spoken, host: str, credentials: Credentials
) -> Path:
    """Write all files, readable by us only; gives the path of the settings."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep(folder, credentials)
    both = {OUR_USER: credentials.ours, DEVICE_USER: credentials.device}
    passwords = {**credentials.devices, **both}
    lines = [f"{user}:{hashed(password)}" for user, password in passwords.items()]
    _write(folder / "passwords", "\n".join(lines) + "\n")
    _write(folder / "rights", rights(site, spoken, tuple(credentials.devices)))
    settings = folder / "mosquitto.conf"
    _write(settings, "\n".join(_settings(folder, host, credentials.port)) + "\n")
    return settings


def give_password(folder: Path, device: str) -> Credentials:
    """A new password of its own for a native device; ValueError says why there is none. A running
    broker takes it within seconds.
    """
    kept = read_credentials(folder)
    if kept is None:
        raise ValueError("no broker of ours has run with this data folder yet")
    if not WORD.match(device) or device in (OUR_USER, DEVICE_USER):
        raise ValueError(f"{device} is no id of a device: at most 40 of a-z, 0-9 and -")
    given = replace(kept, devices={**kept.devices, device: secrets.token_urlsafe(12)})
    _keep(folder, given)
    return given


def _keep(folder: Path, credentials: Credentials) -> None:
    _write(folder / "credentials.json", json.dumps(asdict(credentials)) + "\n")


def hashed(password: str) -> str:
    """A password as mosquitto keeps it (PBKDF2 with SHA-512)."""
    salt = secrets.token_bytes(12)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, HASH_ROUNDS, 64)
    return f"$7${HASH_ROUNDS}${_base64(salt)}${_base64(key)}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def rights(site: str, spoken: Spoken, alone: tuple[str, ...] = ()) -> str:
    """Devices write what devices say and read what is said to them, nothing else; those that have a
    password of their own (`alone`) do so for themselves only, and nobody else does it for them. We
    speak to lamps of any family, wherever they hear.
    """
    families = [f"topic readwrite {one}" for one in spoken.filters]
    families += [f"topic read {one}" for one in spoken.hears]
    return "\n".join(
        [
            f"user {OUR_USER}",
            "topic readwrite #",
            "",
            f"user {DEVICE_USER}",
            *(f"topic deny shop/{site}/dev/{one}/#" for one in alone),
            *_of_a_device(site, "+"),
            *families,
            "",
            *(line for one in alone for line in (f"user {one}", *_of_a_device(site, one), "")),
        ]
    )


def _of_a_device(site: str, device: str) -> tuple[str, ...]:
    said = ("$info", "$status", "st/+", "ev/+", "ack/+")
    return (
        *(f"topic write shop/{site}/dev/{device}/{what}" for what in said),
        f"topic read shop/{site}/dev/{device}/cmd/+",
        f"topic read shop/{site}/core/#",
    )


def _settings(folder: Path, host: str, port: int) -> list[str]:
    # Started as root mosquitto would become another user, who cannot read our folder.
    user = ["user root"] if os.geteuid() == 0 else []
    return [
        f"listener {port} {host}",
        "allow_anonymous false",
        f"password_file {folder / 'passwords'}",
        f"acl_file {folder / 'rights'}",
        f"message_size_limit {MOST_MESSAGE_BYTES}",
        f"max_connections {MOST_CONNECTIONS}",
        "max_inflight_messages 200",
        "max_queued_messages 10000",
        # Most devices speak without acknowledgement; what they say while we restart is kept too.
        "queue_qos0_messages true",
        "max_keepalive 600",
        "persistent_client_expiration 1d",
        "persistence true",
        f"persistence_location {folder}/",
        "autosave_interval 60",
        "log_dest stderr",
        "log_type error",
        "log_type warning",
        "log_type notice",
        *user,
    ]


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others in between."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    with open(fresh, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    fresh.replace(path)
