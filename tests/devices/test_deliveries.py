"""The way from the network to the loop: bounded, and in a crowd only the last of each level."""

import asyncio

from devices.deliveries import CROWD, Deliveries, Delivery, Ticket
from devices.topics import is_level
from tests.devices.waiting import now

LEVEL = "shop/main/dev/sonar/st/distance"
PRESS = "shop/main/dev/andon/ev/button-1"


def said(topic: str, payload: str, ticket: Ticket | None = None) -> Delivery:
    return Delivery(topic, payload.encode(), False, now(), ticket)


def taken(deliveries: Deliveries) -> list[tuple[str, bytes]]:
    """All that wait, in their order."""
    items = (deliveries.take() for _ in range(len(deliveries)))
    return [(one.topic, one.payload) for one in items if isinstance(one, Delivery)]


def test_in_a_crowd_the_last_of_each_level_counts_and_every_event() -> None:
    async def scenario() -> None:
        deliveries = Deliveries(is_level=is_level)
        for number in range(CROWD):
            deliveries.offer(said("other", str(number)))
        for number in range(5):
            deliveries.offer(said(LEVEL, f"{number}"))
            deliveries.offer(said(PRESS, f"{number}"))
            deliveries.offer(said(PRESS, f"kept {number}", Ticket(1, 1, number + 1)))
        assert (deliveries.merged, deliveries.dropped) == (4, 0)
        assert deliveries.lag_seconds > 0
        found = taken(deliveries)[CROWD:]
        assert [payload for topic, payload in found if topic == LEVEL] == [b"4"]
        assert len(found) == 11
        deliveries.offer(said(LEVEL, "later"))
        assert taken(deliveries) == [(LEVEL, b"later")]

    asyncio.run(scenario())


def test_while_there_is_no_crowd_every_reading_counts() -> None:
    async def scenario() -> None:
        deliveries = Deliveries(is_level=is_level)
        for number in range(5):
            deliveries.offer(said(LEVEL, str(number)))
        assert len(taken(deliveries)) == 5

    asyncio.run(scenario())
