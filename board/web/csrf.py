"""Tokens that prove a form came from one of our pages: keyed hashes of a session or a cookie.

Pure; knows nothing of requests.
"""

import hmac
from base64 import urlsafe_b64encode


def session_csrf(secret: bytes, session_hash: str) -> str:
    """Return the token of a session's forms."""
    return _mark(secret, "session", session_hash)


def form_csrf(secret: bytes, nonce: str) -> str:
    """Return the token of forms before there is a session; `nonce` is in the browser's cookie."""
    return _mark(secret, "form", nonce)


def same(given: str, expected: str) -> bool:
    """Whether two tokens are equal, told in the same time wherever they differ."""
    is_real = bool(expected)
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()) and is_real


def _mark(secret: bytes, purpose: str, text: str) -> str:
    mark = hmac.digest(secret, f"csrf:{purpose}:{text}".encode("utf-8", "replace"), "sha256")
    return urlsafe_b64encode(mark[:24]).decode()
