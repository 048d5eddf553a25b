"""Channels of devices that hang somewhere: what sensors, buttons and badge readers share. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from board.core.slips import slip
from devices.ids import CHANNEL, STABLE_ID, WRONG_CHANNEL, WRONG_DEVICE
from devices.tables import Mistake, Table, Wrong, read_tables

Key = tuple[str, str]
"""Device and channel."""


class Placed(Protocol):
    """What hangs somewhere, by device and channel."""

    @property
    def key(self) -> Key:
        """Device and channel: the place in the memory of levels."""


T = TypeVar("T", bound=Placed)


def read_placed(
    text: str, name: str, wrong: Callable[[Table], Iterable[Wrong]], made: Callable[[Table], T]
) -> tuple[dict[Key, T], tuple[Mistake, ...]]:
    """The [[name]] tables of a TOML file as `made` makes them, and their mistakes.

    A table in which `wrong` finds something, or whose channel is bound already, is left out.
    """
    tables = read_tables(text, name)
    if isinstance(tables, Mistake):
        return {}, (tables,)
    found: dict[Key, T] = {}
    mistakes: list[Mistake] = []
    for table in tables:
        reasons = list(wrong(table))
        if not reasons:
            one = made(table)
            if one.key in found:
                device, channel = one.key
                reasons = [("channel", slip("bound_already", channel=channel, device=device))]
            found.setdefault(one.key, one)
        mistakes += [table.mistake(key, reason) for key, reason in reasons]
    return found, tuple(mistakes)


def wrong_place(device: str, channel: str, fits: bool, otherwise: str) -> list[Wrong]:
    """What is wrong with the ids of a device and of its channel, which must fit what it is;
    `otherwise`: the code of what is said if it does not.
    """
    found = [] if STABLE_ID.match(device) else [("device", WRONG_DEVICE)]
    if not CHANNEL.match(channel):
        return [*found, ("channel", WRONG_CHANNEL)]
    return found if fits else [*found, ("channel", slip(otherwise, channel=channel))]


def stands_for(channel: str, capabilities: Iterable[str]) -> bool:
    """Whether the channel is one of these, as `button-2` is a `button`."""
    return channel.partition("-")[0] in capabilities


def under(ids: Mapping[str, str], device: str) -> str:
    """The stable id of a device that is bound by its name."""
    return ids.get(device, device)
