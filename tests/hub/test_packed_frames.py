"""Frames are packed so that any screen can unpack them, quickly and as small as they can be."""

import random
import zlib

import pytest

from displays.frames import deflate

_WORDS = [
    "<li class='row'>",
    "</li>",
    "京A12345",
    "data-r",
    '"seq":',
    "Passat",
    " ",
    "brakes",
    "12:30",
]


def _payload(size: int) -> bytes:
    chosen = random.Random(size).choices(_WORDS, k=size)
    return "".join(chosen).encode()[:size]


@pytest.mark.parametrize("size", [0, 1, 300, 2_000, 4_095, 4_096, 4_097, 70_000])
def test_a_frame_of_any_length_comes_out_as_it_went_in(size: int) -> None:
    payload = _payload(size)
    unpacked = zlib.decompressobj(wbits=-15).decompress(deflate(payload) + b"\0\0\xff\xff")
    assert unpacked == payload


@pytest.mark.parametrize("size", [300, 2_000, 4_096, 20_000])
def test_a_frame_is_as_small_as_with_all_the_memory_there_is(size: int) -> None:
    """Falls over when `_SHORT_BYTES` in `displays/frames.py` is more than the short window."""
    payload = _payload(size)
    squeeze = zlib.compressobj(wbits=-15, memLevel=9)
    smallest = squeeze.compress(payload) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    assert len(deflate(payload)) <= len(smallest) * 1.02
