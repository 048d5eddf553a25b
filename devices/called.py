"""What people call bays and each other, for sentences in which else their ids would stand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from board.core.shop import Shop
from board.core.slips import Speak

SENTENCES = {"bay": "Bay {name}"}
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Called:
    """Names by ids; an id without one stands for itself."""

    bays: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, key: str) -> str:
        """Of a bay or a person, as it is written down."""
        return self.bays.get(key) or self.people.get(key) or key

    def place(self, key: str, speak: Speak) -> str:
        """The same; a bay that has only a number is called a bay."""
        name = self.name(key)
        if key in self.bays and name.isdecimal() and len(name) < _SHORT:
            return speak(SENTENCES["bay"]).format(name=name)
        return name


NOBODY = Called()


def called_in(shop: Shop) -> Called:
    """As the shop calls them."""
    return Called(
        {key: one.name for key, one in shop.bays.items()},
        {key: one.name for key, one in shop.people.items()},
    )
