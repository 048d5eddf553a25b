"""Money: whole fen (0.01 yuan), marked in types so that forms may take yuan."""

import re
from typing import Annotated

FEN_MARK = "fen"
Fen = Annotated[int, FEN_MARK]

MOST_FEN = 100_000_000
"""A million yuan: no line of an order costs more."""

# A comma parts thousands; one elsewhere may have been meant for a point.
_YUAN = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2}))?", re.ASCII)


def fen_of(text: str) -> int | None:
    """Yuan as people write them (`380`, `¥1,280.50`) in fen; None if this is no such amount."""
    bare = text.strip().removeprefix("¥").removeprefix("\uffe5").removesuffix("元")
    found = _YUAN.fullmatch(bare.strip())
    return (
        int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
        if found
        else None
    )


def yuan(fen: int) -> str:
    """Fen as yuan are written everywhere, so that columns line up: `380.00`, `1,280.50`."""
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}.{rest:02}"
