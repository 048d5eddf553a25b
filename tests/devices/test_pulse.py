"""What the program says of itself: that it lives every ten seconds, the time every sixty."""

import json

from devices.pace import USUAL_PACE
from devices.pulse import Pulse
from tests.devices.moments import NOON


def test_it_says_that_it_lives_more_often_than_what_time_it_is() -> None:
    pulse = Pulse("main", "9f31c2aa", lambda: NOON, USUAL_PACE)
    said = [(second, topic) for second in range(61) for topic, _, _ in pulse.due(float(second))]
    beats = [(second, "shop/main/core/pulse") for second in range(0, 61, 10)]
    assert said == sorted([*beats, (0, "shop/main/core/time"), (60, "shop/main/core/time")])


def test_what_it_says_is_worth_nothing_once_the_next_one_is_due() -> None:
    [beat, told] = Pulse("main", "9f31c2aa", lambda: NOON, USUAL_PACE).due(0.0)
    assert beat == ("shop/main/core/pulse", b'{"boot": "9f31c2aa"}', 10)
    assert (json.loads(told[1]), told[2]) == ({"utc": NOON.isoformat()}, 60)
