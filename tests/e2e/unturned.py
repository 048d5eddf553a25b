"""What of a page made in the mirrored language is not mirrored: texts that gettext never saw."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from msgspec import Struct

from board.core.languages import NAMES
from tests.e2e.mirrored import AS_IT_WAS, FROM_RIGHT
from tests.house.template_words import texts_of

_TURNED = re.compile(f"{FROM_RIGHT}[^{AS_IT_WAS}]*{AS_IT_WAS}")
_PIECE = re.compile(r"\w*[^\W\d_]\w*")
_ADDRESS = re.compile(r"(https?:/)?/\S+|\{\w+\}")
"""Also what a script fills in."""
_CODE = re.compile(r"[a-z_]+")
ALIKE = ("Baylight", "km", "h", "m", "s", "ABCD", "EFGH", *NAMES.values())
"""The same in every language: names, units, what a code looks like."""


def strings(value: object) -> Iterator[str]:
    """Every string inside a value that was typed; words of our own code are small letters only."""
    if isinstance(value, str):
        if not (isinstance(value, Enum) or _CODE.fullmatch(value) or _ADDRESS.match(value)):
            yield value
        return
    inside: Iterable[object] = ()
    if isinstance(value, Mapping):
        inside = (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        inside = value
    elif is_dataclass(value):
        inside = (getattr(value, one.name) for one in fields(value))
    elif isinstance(value, Struct):
        inside = (getattr(value, name) for name in value.__struct_fields__)
    for one in inside:
        yield from strings(one)


def unturned(html: str, data: Iterable[str]) -> list[str]:
    """Texts of a page with a word that is neither mirrored nor a piece of the data."""
    known = "\n".join((*data, *ALIKE))
    words = set(_PIECE.findall(known))

    def is_known(piece: str) -> bool:
        # Plates are shown in parts; these have no small letters.
        return piece in words or (piece in known and piece.upper() == piece)

    return [
        text
        for text in texts_of(html)
        if not all(map(is_known, _PIECE.findall(_ADDRESS.sub("", _TURNED.sub(" ", text)))))
    ]
