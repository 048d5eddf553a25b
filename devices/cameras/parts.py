"""A multipart body taken apart: its texts, without its pictures. Pure."""

import re

from devices.payloads import BadPayload

MOST_PARTS = 20
MOST_HEADERS = 2000
MOST_BYTES_OF_A_TEXT = 256 * 1024
BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;,"]{1,200}))""", re.IGNORECASE)
PICTURE = re.compile(rb"image/|filename\s*=\s*\"?[^\"\r\n]*\.(?:jpe?g|png|bmp)", re.IGNORECASE)


def parts_of(kind: str, body: bytes) -> list[bytes] | BadPayload:
    """The parts that are no pictures, in order; `kind` is the content type with its boundary."""
    told = BOUNDARY.search(kind)
    boundary = (told[1] or told[2]).encode("utf-8", "replace") if told else b""
    if not boundary:
        return BadPayload("multipart without a boundary")
    mark = b"--" + boundary
    if boundary.startswith(b"--") and mark not in body:
        # Some cameras name the mark as it stands in the body.
        mark = boundary
    pieces = body.split(mark, MOST_PARTS + 1)
    if len(pieces) < 2 or len(pieces) > MOST_PARTS + 1:
        return BadPayload("its boundary is not in it, or too often")
    found = [text for piece in pieces[1:] if (text := _text(piece))]
    return found or BadPayload("no text among its parts")


def _text(piece: bytes) -> bytes:
    """The content of one part; empty for a picture, for the end and for what is too long."""
    for gap in (b"\r\n\r\n", b"\n\n"):
        headers, found, content = piece.partition(gap)
        if found:
            break
    else:
        return b""
    if len(headers) > MOST_HEADERS or PICTURE.search(headers):
        return b""
    content = content.strip(b"\r\n")
    return content if 0 < len(content) <= MOST_BYTES_OF_A_TEXT else b""
