"""At which of its names other devices reach a server, from where it listens.

Pure: asks neither the machine nor the network.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

EVERYWHERE = "0.0.0.0"


def is_here_only(listens_on: str) -> bool:
    """Whether nobody but this computer itself gets through to what listens on that address."""
    address = _address(listens_on)
    return listens_on.lower() == "localhost" if address is None else address.is_loopback


def reached_at(listens_on: str, names: Sequence[str]) -> str:
    """The first of `names` by which other devices get here; '' where there is none.

    A name that is no address may mean any of this computer's.
    """
    listens = _address(listens_on)
    if is_here_only(listens_on):
        return ""
    takes_all = listens is not None and listens.is_unspecified
    found = (
        name
        for name in names
        if not is_here_only(name) and (takes_all or _address(name) in (None, listens))
    )
    return next(found, "")


def in_address(name: str) -> str:
    """The name as it stands in an address: IPv6 in brackets."""
    return f"[{name}]" if ":" in name else name


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
