"""A photo as people send it into the two we keep: a picture and a thumbnail, both plain JPEG.

The content says what it is. Only the pixels go on: no position, no camera, no remark.
"""

import struct
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2048
SMALL_SIDE = 320
_KINDS = ("JPEG", "PNG", "WEBP")
# What Pillow raises for bytes that only begin like an image.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


class NotAPhoto(Exception):
    """These bytes are refused; `code` is photo_kind, photo_pixels or photo_broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo and its thumbnail as JPEG bytes."""

    large: bytes
    small: bytes


def picture_of(sent: bytes) -> Picture:
    """Decode and write anew; raises NotAPhoto. Takes up to a second of one core."""
    try:
        return _written(_opened(sent))
    except UnidentifiedImageError:
        raise NotAPhoto("photo_kind") from None
    except _BROKEN:
        raise NotAPhoto("photo_broken") from None


def _opened(sent: bytes) -> Image.Image:
    image = Image.open(BytesIO(sent), formats=_KINDS)
    # Only the head was read: nothing is unpacked before its size is known.
    if image.width * image.height > MOST_PIXELS:
        raise NotAPhoto("photo_pixels")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    return image


def _written(image: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(_on_white(image))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A JPEG's remark would be written again by itself.
    upright.info.clear()
    small = upright.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Picture(_jpeg(upright), _jpeg(small))


def _on_white(image: Image.Image) -> Image.Image:
    """In red, green and blue; what can be seen through stands on white."""
    orientation = image.getexif()
    if not image.has_transparency_data:
        flat = image.convert("RGB")
    else:
        flat = Image.new("RGB", image.size, "white")
        seen = image.convert("RGBA")
        flat.paste(seen, mask=seen.getchannel("A"))
    flat.getexif().update(orientation)
    return flat


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
