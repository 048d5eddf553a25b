"""Tokens that prove a form came from one of our pages: keyed hashes of a session or a cookie.

Each is masked anew wherever it is written, so that the lengths of packed pages tell nothing of
it (breachattack.com). Knows nothing of requests.
"""

import binascii
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

_BYTES = 24


def session_csrf(secret: bytes, session_hash: str) -> str:
    """Return the token of a session's forms."""
    return _mark(secret, "session", session_hash)


def form_csrf(secret: bytes, nonce: str) -> str:
    """Return the token of forms before there is a session; `nonce` is in the browser's cookie."""
    return _mark(secret, "form", nonce)


def same(given: str, expected: str) -> bool:
    """Whether two tokens mean the same, told in the same time wherever they differ."""
    mark = _unmasked(expected)
    return hmac.compare_digest(_unmasked(given), mark) and bool(mark)


def _mark(secret: bytes, purpose: str, text: str) -> str:
    mark = hmac.digest(secret, f"csrf:{purpose}:{text}".encode("utf-8", "replace"), "sha256")
    mask = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(mask + _crossed(mask, mark[:_BYTES])).decode()


def _unmasked(token: str) -> bytes:
    """What is under the mask; b"" when this is no token."""
    try:
        found = urlsafe_b64decode(token)
    except (binascii.Error, ValueError):
        return b""
    return _crossed(found[:_BYTES], found[_BYTES:]) if len(found) == 2 * _BYTES else b""


def _crossed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
