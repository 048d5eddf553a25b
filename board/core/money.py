"""Money: whole fen (0.01 yuan), marked in types so that forms may take yuan as people write."""

from typing import Annotated

FEN_MARK = "fen"
Fen = Annotated[int, FEN_MARK]

MOST_FEN = 100_000_000
"""A million yuan: no line of an order costs more."""
