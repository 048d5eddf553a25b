"""Makes ids: opaque, sortable by the time they were made, never guessable from one another."""

import secrets
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_LETTERS = 9
_RANDOM_LETTERS = 11


def new_id(now: datetime) -> str:
    """Return 20 letters of `[0-9a-z]`: 9 for the millisecond of `now`, 11 by chance."""
    return _letters(int(now.timestamp() * 1000), _TIME_LETTERS) + _letters(
        secrets.randbits(5 * _RANDOM_LETTERS), _RANDOM_LETTERS
    )


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> (5 * place) & 31] for place in reversed(range(count)))
