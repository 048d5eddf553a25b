"""A broker's address out of a URL, with the reason when it is none. Pure."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where a broker is and who we are there; `ca_file` replaces the system's authorities."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    ca_file: str = ""

    def __str__(self) -> str:
        """The address as it may be shown: without user and password."""
        return f"mqtt{'s' if self.tls else ''}://{self.host}:{self.port}"


def read_address(url: str) -> BrokerAddress:
    """The address in `mqtt(s)://user:password@host:port[?ca=file]`; ValueError says what is wrong.

    The text of the error never repeats the URL, which may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise ValueError("must begin with mqtt:// or mqtts://")
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.path.strip("/"):
        raise ValueError("must not have a path after the port")
    try:
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("has a port that is no number from 1 to 65535") from None
    return BrokerAddress(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "mqtts",
        ca_file=parse_qs(parts.query).get("ca", [""])[0],
    )
