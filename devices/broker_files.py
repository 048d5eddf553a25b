"""The files of a supervised mosquitto: settings, passwords, rights. Runs no process."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

HASH_ROUNDS = 101
MOST_MESSAGE_BYTES = 1_048_576
MOST_CONNECTIONS = 200
OUR_USER = "baylight"
DEVICE_USER = "device"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The passwords of the two users and the port used last."""

    ours: str
    device: str
    port: int


def read_credentials(folder: Path) -> Credentials | None:
    """What was made at the first start; None when there is nothing (usable)."""
    try:
        kept = json.loads((folder / "credentials.json").read_text())
        return Credentials(str(kept["ours"]), str(kept["device"]), int(kept["port"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def make_credentials(port: int) -> Credentials:
    """New passwords, long enough that nobody tries them."""
    return Credentials(secrets.token_urlsafe(24), secrets.token_urlsafe(12), port)


def write_files(
    folder: Path, site: str, filters: tuple[str, ...], host: str, credentials: Credentials
) -> Path:
    """Write all files, readable by us only; gives the path of the settings."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {
        "ours": credentials.ours,
        "device": credentials.device,
        "port": credentials.port,
    }
    _write(folder / "credentials.json", json.dumps(kept) + "\n")
    passwords = {OUR_USER: credentials.ours, DEVICE_USER: credentials.device}
    lines = [f"{user}:{hashed(password)}" for user, password in passwords.items()]
    _write(folder / "passwords", "\n".join(lines) + "\n")
    _write(folder / "rights", rights(site, filters))
    settings = folder / "mosquitto.conf"
    _write(settings, "\n".join(_settings(folder, host, credentials.port)) + "\n")
    return settings


def hashed(password: str) -> str:
    """A password as mosquitto keeps it (PBKDF2 with SHA-512)."""
    salt = secrets.token_bytes(12)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, HASH_ROUNDS, 64)
    return f"$7${HASH_ROUNDS}${_base64(salt)}${_base64(key)}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def rights(site: str, filters: tuple[str, ...]) -> str:
    """Devices write what devices say and read what is said to them, nothing else."""
    families = [f"topic readwrite {one}" for one in filters]
    said = ("$info", "$status", "st/+", "ev/+", "ack/+")
    return "\n".join(
        [
            f"user {OUR_USER}",
            f"topic readwrite shop/{site}/#",
            *families,
            "",
            f"user {DEVICE_USER}",
            *(f"topic write shop/{site}/dev/+/{what}" for what in said),
            f"topic read shop/{site}/dev/+/cmd/+",
            f"topic read shop/{site}/core/#",
            *families,
            "",
        ]
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
