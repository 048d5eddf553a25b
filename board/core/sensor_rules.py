"""What devices may do in a shop by themselves, and how sure they must be. Values only.

The list is closed: a car arrives by its plate, a wash begins and ends by its bay. Everything else
is proposed or asked, and a delivery is never automatic.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SensorRules:
    """Each automatic action is off by default. Percent: from `sure_percent` on a plate read counts
    by itself, from `likely_percent` on a person is asked, below it is dropped. A question about a
    bay that nobody answers is over after `lapse_seconds`.
    """

    arrive_by_plate: bool = False
    wash_by_sensor: bool = False
    sure_percent: int = 80
    likely_percent: int = 60
    lapse_seconds: int = 14400

    def is_sure(self, score: float | None) -> bool:
        """Whether a read of this score (0 to 1) needs nobody's look; without a score it does."""
        return score is not None and self.sure_percent <= score * 100 <= 100

    def is_likely(self, score: float | None) -> bool:
        """Whether a read of this score is worth a question; without a score it is."""
        return score is None or self.likely_percent <= score * 100 <= 100
