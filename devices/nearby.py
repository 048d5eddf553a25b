"""Of the unbound devices that gateways hear around them only the last ones are remembered: next
door, in the street and in customers' cars are more of them than the shop has. Pure.
"""

from collections import OrderedDict

MOST_NEARBY = 50
_KIND = "ble:"


def is_nearby(device: str) -> bool:
    """Whether it was heard because it is near, not because somebody has told it of us."""
    return device.startswith(_KIND)


class Nearby:
    """The last ones."""

    def __init__(self) -> None:
        """None yet."""
        self._last: OrderedDict[str, None] = OrderedDict()

    def note(self, device: str) -> str:
        """It was heard. Which other one gives way to it; empty for none."""
        self._last[device] = None
        self._last.move_to_end(device)
        return self._last.popitem(last=False)[0] if len(self._last) > MOST_NEARBY else ""
