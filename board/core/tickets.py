"""The tickets of a business day: A01 … A99, B01 … Z99, and from A01 again. Knows no job."""

_OF_A_LETTER = 99
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIES = _OF_A_LETTER * len(_LETTERS)
"""So many tickets differ."""


def ticket_of(number: int) -> str:
    """The ticket that is the day's `number`th; the first is 1."""
    letter, left = divmod((number - 1) % SERIES, _OF_A_LETTER)
    return f"{_LETTERS[letter]}{left + 1:02d}"


def number_of(ticket: str) -> int:
    """Which of the series a ticket is, from 1; 0 for what is no ticket of ours."""
    letter, digits = ticket[:1], ticket[1:]
    if letter not in _LETTERS or not letter or not digits.isdecimal():
        return 0
    return _LETTERS.index(letter) * _OF_A_LETTER + int(digits)
