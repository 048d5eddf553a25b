"""What is personal: marks on fields that name a customer, a car, or say something in free words.

A personal value may have been erased since; who shows values asks `is_erased`.
"""

from dataclasses import dataclass
from typing import Annotated

MARK = "personal"
Personal = Annotated[str, MARK]

PHONE_MARK = "phone"
Phone = Annotated[str, MARK, PHONE_MARK]
"""How a customer is reached."""

DRAWN_MARK = "drawn"
Drawn = Annotated[str, MARK, DRAWN_MARK]
"""A signature as it was drawn."""


@dataclass(frozen=True, slots=True)
class PlainWhere:
    """Beside a mark: the value is no free word where the field `beside` of the same object `says`
    so, and stays as it is.
    """

    beside: str
    says: str


ERASED = "\ufdd0erased"
"""In place of a value whose key was destroyed; no door takes its first sign."""


def is_erased(text: str) -> bool:
    """Whether `text` stands for a value that was erased."""
    return text == ERASED
