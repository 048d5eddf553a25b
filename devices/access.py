"""What we show a broker, and whom we trust there: passwords and certificates out of their files.

Knows no MQTT. Files are read for each new connection, so that a rotation needs no restart.
"""

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificate

from board.core.slips import Sentence, sentence
from devices.address import BrokerAddress

LARGEST_PASSWORD_BYTES = 4096
Stamps = tuple[tuple[int, int, int] | None, ...]


class AccessFault(Exception):
    """A file that cannot be used, in a sentence for a person."""

    def __init__(self, words: Sentence) -> None:
        """`words`: the sentence."""
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Access:
    """What the files held; `stamps` tell later whether they have changed since."""

    password: str
    tls: ssl.SSLContext | None
    stamps: Stamps


def access_of(address: BrokerAddress, now: datetime) -> Access:
    """Read the files that the address names; AccessFault says which one cannot be used."""
    stamps = stamps_of(address)
    password = _password(address.password_file) if address.password_file else address.password
    return Access(password, _tls(address, now) if address.tls else None, stamps)


def stamps_of(address: BrokerAddress) -> Stamps:
    """How the files look from outside; None for one that is not there."""
    return tuple(_stamp(Path(one)) for one in address.files)


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _password(name: str) -> str:
    """The first line: editors end it with a line break."""
    try:
        with open(name, "rb") as file:
            lines = file.read(LARGEST_PASSWORD_BYTES).decode().splitlines()
    except OSError as fault:
        raise AccessFault(sentence("password_unread", file=name, reason=fault.strerror)) from None
    except UnicodeDecodeError:
        raise AccessFault(sentence("password_no_text", file=name)) from None
    if not lines or not lines[0]:
        raise AccessFault(sentence("password_empty", file=name))
    return lines[0]


def _tls(address: BrokerAddress, now: datetime) -> ssl.SSLContext:
    try:
        tls = ssl.create_default_context(cafile=address.ca_file or None)
    except (OSError, ssl.SSLError) as fault:
        raise AccessFault(
            sentence("authority_unusable", file=address.ca_file, reason=_why(fault))
        ) from None
    if address.certificate_file:
        _require_valid(address.certificate_file, now)
        try:
            tls.load_cert_chain(address.certificate_file, address.key_file or None)
        except (OSError, ssl.SSLError) as fault:
            named = address.certificate_file
            raise AccessFault(
                sentence("certificate_unusable", file=named, reason=_why(fault))
            ) from None
    return tls


def _require_valid(name: str, now: datetime) -> None:
    """A broker would end the connection without a reason."""
    try:
        end = load_pem_x509_certificate(Path(name).read_bytes()).not_valid_after_utc
    except OSError as fault:
        raise AccessFault(
            sentence("certificate_unread", file=name, reason=fault.strerror)
        ) from None
    except ValueError:
        raise AccessFault(sentence("certificate_none", file=name)) from None
    if end < now:
        raise AccessFault(sentence("certificate_expired", file=name, day=f"{end:%Y-%m-%d}"))


def _why(fault: OSError) -> str:
    reason = fault.reason if isinstance(fault, ssl.SSLError) else fault.strerror
    return str(reason or fault).replace("_", " ").lower()
