"""The master key: one file, made at the first start, readable by its owner only."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

_BYTES = 32
NO_SECRET = bytes(_BYTES)
"""For tests and measurements, where nothing is worth hiding."""


def open_secret(file: Path, may_make: bool = True) -> bytes:
    """The key in `file`; made if there is none and none is needed for what was sealed before.

    Raises ValueError, with a sentence, when there is no key or none can be made.
    """
    try:
        if not file.exists() and not may_make:
            raise ValueError(
                f"BAYLIGHT_SECRET_FILE: there is no {file}, and the database was sealed with it:"
                " put it back, or nobody can read names and plates"
            )
        if not file.exists():
            _make(file)
        text = file.read_bytes().strip()
    except OSError as error:
        raise ValueError(
            f"BAYLIGHT_SECRET_FILE: {file} cannot be used ({error.strerror})"
        ) from None
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise ValueError(
            f"BAYLIGHT_SECRET_FILE: {file} does not hold a key of {_BYTES} bytes in hex"
        )
    return key


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_hex(_BYTES) + "\n")


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, from which the master key cannot be told."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()
