"""A broker's address out of a URL, with the reason when it is none. Pure."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}
TLS_FILES = ("ca", "cert", "key")
FILES = (*TLS_FILES, "password_file")

ENCODE = (
    "has a sign in user or password that must be percent-encoded: "
    "# is %23, / is %2F, ? is %3F, [ is %5B"
)


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where a broker is and who we are there; `ca_file` replaces the system's authorities.

    `certificate_file` is what we show of ourselves, with its key in `key_file` unless it holds
    that too. All files are read anew before each dialling after they have changed.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    ca_file: str = ""
    certificate_file: str = ""
    key_file: str = ""
    password_file: str = ""

    def __str__(self) -> str:
        """The address as it may be shown: without user and password."""
        return f"mqtt{'s' if self.tls else ''}://{self.host}:{self.port}"

    @property
    def files(self) -> tuple[str, ...]:
        """The files it names."""
        named = (self.ca_file, self.certificate_file, self.key_file, self.password_file)
        return tuple(one for one in named if one)


def read_address(url: str) -> BrokerAddress:
    """The address in `mqtt(s)://user:password@host:port[?ca=file&cert=file&key=file]`, with
    `password_file=file` in place of a password; ValueError says what is wrong.

    The text of the error never repeats the URL, which may hold a password.
    """
    parts = _parts(url)
    if parts.scheme not in PORTS:
        raise ValueError("must begin with mqtt:// or mqtts://")
    if _is_cut(parts):
        raise ValueError(ENCODE)
    if not parts.hostname:
        raise ValueError("names no host")
    if parts.path.strip("/"):
        raise ValueError("must not have a path after the port")
    named = _files(parts)
    return BrokerAddress(
        host=parts.hostname,
        port=_port(parts),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "mqtts",
        ca_file=named.get("ca", ""),
        certificate_file=named.get("cert", ""),
        key_file=named.get("key", ""),
        password_file=named.get("password_file", ""),
    )


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise ValueError(ENCODE) from None


def _is_cut(parts: SplitResult) -> bool:
    """Whether a sign in the password has ended the host: what is left would be another address."""
    behind = parts.path + parts.query.partition("=")[0] + parts.fragment
    return "@" in behind or bool(parts.fragment)


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or PORTS[parts.scheme]
    except ValueError:
        raise ValueError("has a port that is no number from 1 to 65535") from None


def _files(parts: SplitResult) -> dict[str, str]:
    """What stands after the question mark; a misspelt word would be left out in silence."""
    named = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if not named.keys() <= set(FILES):
        raise ValueError(f"may have {', '.join(FILES)} after the question mark, nothing else")
    if parts.scheme != "mqtts" and not named.keys().isdisjoint(TLS_FILES):
        raise ValueError("names certificates, which only mqtts:// uses")
    if "key" in named and "cert" not in named:
        raise ValueError("names a key without the certificate (cert) that it belongs to")
    if "password_file" in named and (parts.password or not parts.username):
        raise ValueError("needs a user and no password beside password_file")
    return named
