"""What a sonar measured since somebody stands before it can be read."""

from msgspec.structs import replace

from devices.measured import MOST_READINGS, MOST_SONARS, Measured
from tests.devices.moments import SONAR, at, measures, sees


def test_live_distances_are_kept_with_their_moments() -> None:
    kept = Measured()
    for one in (measures(900, 0), measures(910, 1), measures(None, 2), sees(True, 2)):
        kept.note(one)
    kept.note(measures(2000, 3, retained=True))
    kept.note(measures(float("nan"), 3))
    assert kept.since(*SONAR.key, at(1)) == [(at(1), 910.0)]
    assert kept.since("native:other", "distance", at(0)) == []


def test_it_stays_small() -> None:
    kept = Measured()
    for number in range(100):
        kept.note(measures(900, number))
    assert len(kept.since(*SONAR.key, at(0))) == MOST_READINGS
    for number in range(MOST_SONARS):
        kept.note(replace(measures(900, 200), device=f"native:d{number}"))
    assert kept.since(*SONAR.key, at(0)) == []
