"""A photo is what its content says; only its pixels are kept, upright and of bounded size."""

import contextlib
import random
import struct
import zlib

import pytest

from board.photo_image import LONGEST_SIDE, SMALL_SIDE, NotAPhoto, picture_of
from tests.photos.pictures import CAMERA, REMARK, opened, sent


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(kind: str) -> None:
    """Falls over without `upright.info.clear()` in `board/photo_image.py`: a remark goes on."""
    before = sent(kind)
    assert CAMERA.encode() in before
    picture = picture_of(before)
    for jpeg in (picture.large, picture.small):
        assert opened(jpeg).format == "JPEG"
        assert not opened(jpeg).getexif()
        assert CAMERA.encode() not in jpeg
        assert REMARK not in jpeg


def test_it_stands_upright_and_fits() -> None:
    picture = picture_of(sent(size=(3000, 1500), orientation=6))
    assert opened(picture.large).size == (LONGEST_SIDE // 2, LONGEST_SIDE)
    assert opened(picture.small).size == (SMALL_SIDE // 2, SMALL_SIDE)


def test_what_can_be_seen_through_stands_on_white() -> None:
    from_glass = bytes.fromhex("00000000")
    picture = picture_of(_png(2, 2, (b"\0" + from_glass * 2) * 2))
    assert opened(picture.large).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "photo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_kind"),
        (b"GIF89a" + bytes(40), "photo_kind"),
        (b"\xff\xd8\xff" + b"<script>" * 40, "photo_kind"),
        (sent()[:-200], "photo_broken"),
    ],
)
def test_what_is_no_photo_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(NotAPhoto, match=code):
        picture_of(body)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """Falls over without `raise NotAPhoto("photo_pixels")` in `board/photo_image.py`."""
    bomb = _png(7000, 7000, bytes(7000 * (1 + 7000 * 4) // 100))
    with pytest.raises(NotAPhoto, match="photo_pixels"):
        picture_of(bomb)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_bytes_bring_it_down() -> None:
    chance = random.Random(4)
    whole = [sent(kind, (40, 40)) for kind in ("JPEG", "PNG", "WEBP")]
    for _ in range(300):
        body = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 12)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        with contextlib.suppress(NotAPhoto):
            assert opened(picture_of(bytes(body)).large).format == "JPEG"


def _png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of these rows in red, green, blue and alpha, however few they are."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
