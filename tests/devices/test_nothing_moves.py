"""No run of replayed, stale, empty or malformed messages moves a job, whatever a shop allows; a
shop that allows nothing is moved by no message at all; and no message delivers a car.
"""

import asyncio
import json
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from board.core.sensor_rules import SensorRules
from tests.builders import PLATES
from tests.devices.floor import ALL_ON, BINDINGS, Floor, shop
from tests.devices.intakes import Desk, intake

Message = tuple[str, bytes, bool]
"""Topic below the devices', payload, and whether the broker retained it."""

LEVELS = ("eye/st/occupancy", "wash/st/occupancy", "door/st/contact")
HAPPENINGS = ("cam/ev/plate", "reader/ev/badge")
TOPICS = st.sampled_from((*LEVELS, *HAPPENINGS))
LEVEL = st.builds(lambda v: json.dumps({"v": v}).encode(), st.booleans())
READ = st.builds(
    lambda plate, score, key: json.dumps(
        {"e": "plate", "k": plate, "id": f"r{key}", "score": score, "track": f"t{key % 3}"}
    ).encode(),
    st.sampled_from(PLATES[:4]),
    st.sampled_from((0.5, 0.7, 0.99)),
    st.integers(0, 99),
)
EMPTY = st.sampled_from(
    (
        b"", b"{", b"null", b"nan", b"[]", b'{"v":null}', b'{"v":"true"}', b'{"v":1}',
        b'{"v":NaN}', b'{"v":true,"q":"bad"}', b'{"v":false,"q":"stale"}', b'\xff\xfe{"v":true}',
        b'{"e":"plate"}',
        b'{"e":"plate","k":null,"id":"1"}', b'{"e":"plate","k":7,"id":"1","score":1}',
    )
)  # fmt: skip
WORDS = st.sampled_from(("online", "offline", "sleeping"))
STATUS = st.builds(
    lambda device, word, kept: (f"{device}/$status", json.dumps({"s": word}).encode(), kept),
    st.sampled_from(("eye", "wash", "door", "cam")),
    WORDS,
    st.booleans(),
)
SAID = st.one_of(
    st.tuples(st.sampled_from(LEVELS), LEVEL),
    st.tuples(st.sampled_from(LEVELS), LEVEL),
    st.tuples(st.just("cam/ev/plate"), READ),
)
REPLAYED = SAID.map(lambda said: (*said, True))
BROKEN = st.tuples(TOPICS, st.one_of(EMPTY, st.binary(max_size=20)), st.booleans())
LIVE = SAID.map(lambda said: (*said, False))
QUIET = st.lists(st.one_of(REPLAYED, REPLAYED, BROKEN, STATUS), max_size=16)
ANYTHING = st.lists(st.one_of(LIVE, LIVE, REPLAYED, BROKEN, STATUS), max_size=14)
BEFORE: tuple[Message, ...] = (
    ("eye/st/occupancy", b'{"v":true}', False),
    ("wash/st/occupancy", b'{"v":false}', False),
    ("door/st/contact", b'{"v":true}', False),
)
"""A car in bay 1, the wash empty, the gate shut: heard live."""
NEAR, LONG = 3, 4000
"""Seconds between messages: within a passage, and so long that every reading is stale."""


def heard(floor: Floor, messages: list[Message], step: float) -> Floor:
    """The floor after these messages, so many seconds apart."""

    async def scenario() -> None:
        async with intake(cast(Desk, floor), bindings=BINDINGS) as door:
            for number, (topic, payload, retained) in enumerate(messages):
                seconds = number * step
                door.bring(payload, seconds, topic=f"shop/main/dev/{topic}", retained=retained)
            await door.read(len(messages))

    asyncio.run(scenario())
    return floor


@settings(max_examples=40, deadline=None)
@given(QUIET, st.sampled_from((NEAR, LONG)), st.booleans())
def test_what_is_replayed_stale_empty_or_malformed_moves_no_job(
    messages: list[Message], step: float, in_the_wash: bool
) -> None:
    floor = Floor(shop(ALL_ON))
    begin = [*BEFORE, ("wash/st/occupancy", b'{"v":true}', False)] if in_the_wash else [*BEFORE]
    before = heard(Floor(shop(ALL_ON)), begin, step).stands
    assert (before["j2"][0] == "washing") is in_the_wash
    assert heard(floor, [*begin, *messages], step).stands == before


@settings(max_examples=25, deadline=None)
@given(ANYTHING, st.sampled_from((None, SensorRules())))
def test_a_shop_that_allows_nothing_is_moved_by_no_message(
    messages: list[Message], rules: SensorRules | None
) -> None:
    floor = Floor(shop(rules))
    before = floor.stands
    assert heard(floor, [*BEFORE, *messages], NEAR).stands == before


@settings(max_examples=25, deadline=None)
@given(ANYTHING)
def test_no_message_delivers_or_closes_a_car_or_makes_it_ready(messages: list[Message]) -> None:
    floor = heard(Floor(shop(ALL_ON)), [*BEFORE, *messages], NEAR)
    jobs = floor.trial.shop.jobs.values()
    assert not [job for job in jobs if job.is_closed or job.state in ("ready", "delivered")]
    assert floor.stands["j1"][0] == "working"


def test_the_same_messages_heard_live_do_what_the_shop_allows() -> None:
    read = {"e": "plate", "k": PLATES[2], "id": "r1", "score": 0.9}
    said: list[Message] = [
        ("wash/st/occupancy", b'{"v":true}', False),
        ("cam/ev/plate", json.dumps(read).encode(), False),
        ("door/st/contact", b'{"v":false}', False),
        ("wash/st/occupancy", b'{"v":false}', False),
    ]
    stands = heard(Floor(shop(ALL_ON)), [*BEFORE, *said], NEAR).stands
    states = {job: stand[0] for job, stand in stands.items()}
    assert states == {
        "j1": "working",
        "j2": "awaiting_settlement",
        "j3": "arrived",
        "j4": "booked",
    }
