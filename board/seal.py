"""The cipher: wraps keys, seals personal values under a key, tells names only by a keyed hash.

AES-256-GCM throughout. `about` ties a text to its place: moved elsewhere it does not open.
"""

import base64
import hmac
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from board.leaves import Leaves

_NONCE_BYTES = 12
_HASH_BYTES = 12


class WrongKey(Exception):
    """This key does not open that text, or the text was not sealed for this place."""


class Key:
    """One key; made from its 32 bytes."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, about: str) -> bytes:
        """The sealed bytes, with the number used once before them."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """What was sealed; raises WrongKey."""
        try:
            return self._cipher.decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise WrongKey(about) from error


def new_key() -> bytes:
    """Thirty-two bytes by chance."""
    return AESGCM.generate_key(256)


def sealed_text(key: Key, leaves: Leaves, about: str) -> str:
    """Personal values as text that says nothing without the key."""
    return base64.b64encode(key.seal(msgspec.json.encode(leaves), about)).decode()


def opened_text(key: Key, text: str, about: str) -> Leaves:
    """The personal values again; raises WrongKey."""
    found: dict[str, str] = msgspec.json.decode(
        key.open(base64.b64decode(text), about), type=dict[str, str]
    )
    return found


def keyed_hash(key: bytes, text: str) -> str:
    """What tells a text from others to who has the key; 16 letters."""
    return base64.urlsafe_b64encode(
        hmac.digest(key, text.encode(), "sha256")[:_HASH_BYTES]
    ).decode()
