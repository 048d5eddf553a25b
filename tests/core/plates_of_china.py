"""Plates as they are given in China, of seven signs and of eight, and how cameras misread them."""

from hypothesis import strategies as st

from board.core.plates import PROVINCES

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "0123456789"
_TAKEN_FOR = {"0": "O", "1": "I", "8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2"}

_region = st.tuples(st.sampled_from(PROVINCES), st.sampled_from(_LETTERS)).map("".join)
_sign = st.sampled_from(_LETTERS + _DIGITS)
_digits = st.text(_DIGITS, min_size=4, max_size=4)
_usual = st.tuples(_region, st.text(_LETTERS + _DIGITS, min_size=5, max_size=5)).map("".join)
_small = st.tuples(_region, st.sampled_from("DABCEFGHJK"), _sign, _digits).map("".join)
_large = st.tuples(_region, _digits, st.sampled_from(_DIGITS), st.sampled_from("DF")).map("".join)

PLATES = st.one_of(_usual, _small, _large)
"""Of usual cars, and of small and large ones of new energy."""


@st.composite
def misread(draw: st.DrawFn, plate: str) -> str:
    """The plate with some of its signs taken for others that look like them."""
    gap = draw(st.sampled_from(("", "·", " ")))
    signs = [draw(st.sampled_from((one, _TAKEN_FOR.get(one, one)))) for one in plate[2:]]
    return plate[:2] + gap + "".join(signs)
