"""Makes ids: opaque, sortable by the time they were made, never guessable from one another."""

import secrets
from datetime import datetime

from board.core.rules.delivering import CODE_LENGTH, CODE_SIGNS

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_LETTERS = 9
_RANDOM_LETTERS = 11


def new_id(now: datetime) -> str:
    """Return 20 letters of `[0-9a-z]`: 9 for the millisecond of `now`, 11 by chance."""
    return _letters(int(now.timestamp() * 1000), _TIME_LETTERS) + _letters(
        secrets.randbits(5 * _RANDOM_LETTERS), _RANDOM_LETTERS
    )


def new_gate_code() -> str:
    """Return 6 signs that nobody takes for others: a billion codes, for a few open passes."""
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(count)))
