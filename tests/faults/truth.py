"""What screens must show: pages built from the journal alone, at the moment a screen shows."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tests.e2e.building_anew import HOLDERS, Fresh, FreshBuilder


def fresh_at(builder: FreshBuilder, milliseconds: float, holders: Sequence[str] = HOLDERS) -> Fresh:
    """Every audience's regions at a moment of the shop's clock, in milliseconds since 1970."""
    return builder.regions(datetime.fromtimestamp(milliseconds / 1000, UTC), holders)
