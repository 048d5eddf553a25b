"""What screens must show: pages built from the journal alone, at the moment a screen shows."""

from datetime import UTC, datetime

from tests.e2e.building_anew import Fresh, FreshBuilder


def fresh_at(builder: FreshBuilder, milliseconds: int) -> Fresh:
    """Every audience's regions at a moment of the shop's clock, in milliseconds since 1970."""
    return builder.regions(datetime.fromtimestamp(milliseconds / 1000, UTC))
