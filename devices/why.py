"""Why something cannot be reached or read, as a code with values: pages tell it in any language."""

from dataclasses import asdict

from board.core.slips import slip_of


def told_why(text: str) -> dict[str, object] | None:
    """An English sentence by its code and values; None for one without a code."""
    found = slip_of(text)
    return asdict(found) if found else None
