"""Kinds of order: a code, or a word that the shop's own checks name; never free text.

A kind is not encrypted and stays when a car is erased, so nothing about a customer fits in.
"""

import re

from board.core.check_templates import CheckBook
from board.core.refusals import Refused
from board.core.rules.limits import text_fault

_MOST_SIGNS = 40
_CODE = re.compile(r"[a-z0-9_-]*")


def kind_fault(kind: str, known: str, book: CheckBook) -> Refused | None:
    """None for a kind as codes are written, one that a template names, or the one `known`."""
    if kind == known or any(kind in template.kinds for template in book.templates):
        return None
    refused = text_fault(kind, _MOST_SIGNS, "kind")
    if refused is None and not _CODE.fullmatch(kind):
        refused = Refused("kind_wrong", fields=("kind",))
    return refused
