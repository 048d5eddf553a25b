"""The gallery's shop as tests know it: one moment with every lane, bay condition and tone."""

from displays.gallery_shop import (
    NOW,
    SAMPLE,
    ago,
    ahead,
    held,
    in_bay,
    job,
    paused,
    promised,
    running,
)

__all__ = [
    "NOW",
    "SAMPLE",
    "ago",
    "ahead",
    "held",
    "in_bay",
    "job",
    "paused",
    "promised",
    "running",
]
