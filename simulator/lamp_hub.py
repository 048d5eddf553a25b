"""The lamps and tags of the simulated shop at a real broker: told something, they do it."""

from collections.abc import Sequence
from random import Random

from devices.address import BrokerAddress
from devices.publisher import Publisher
from simulator.fittings import Fixture
from simulator.lamps.lamp import Lamp
from simulator.lamps.pictures import PaperTag
from simulator.lamps.troubles import LampTrouble, TroubledLamp
from simulator.tongues.tongue import Said

CONNECT_SECONDS = 20.0
LOOK_SECONDS = 1.0


class LampHub:
    """All of them, and the connection by which they hear and answer."""

    def __init__(
        self,
        fixtures: Sequence[Fixture],
        random: Random,
        troubles: Sequence[LampTrouble] = (),
        site: str = "main",
    ) -> None:
        """Of `deaf` ones there is one, by the seed; the others forget, if any do."""
        lamps = [one.lamp for one in fixtures]
        switched = [one for one in lamps if not isinstance(one, PaperTag)]
        self.deaf = random.choice(switched) if LampTrouble.deaf in troubles else None
        self.lamps = tuple(
            TroubledLamp(one, Random(random.random()), _of(one, self.deaf, troubles))
            for one in lamps
        )
        self._site = site
        self._boot = f"{random.randrange(16**6):06x}"
        self._publisher: Publisher | None = None
        self._introduced = 0

    async def run(self, address: BrokerAddress) -> None:
        """Obey until cancelled."""
        hears = tuple(one.lamp.hears for one in self.lamps)
        self._publisher = Publisher(address, self._site, "lamp-hub", self._boot, hears)
        await self._publisher.open(CONNECT_SECONDS)
        try:
            while True:
                self._introduce()
                for topic, payload in self._publisher.heard():
                    self._tell(topic, payload)
                await self._publisher.wait(LOOK_SECONDS)
        finally:
            await self._publisher.close()

    def _introduce(self) -> None:
        """After each connection, as devices do."""
        assert self._publisher is not None
        if self._introduced != self._publisher.connections:
            self._introduced = self._publisher.connections
            for one in self.lamps:
                self._say(one.lamp.lives(True))

    def _tell(self, topic: str, payload: bytes) -> None:
        for one in self.lamps:
            if _fits(one.lamp.hears, topic):
                self._say(one.hears(topic, payload))

    def _say(self, said: Sequence[Said]) -> None:
        assert self._publisher is not None
        for one in said:
            self._publisher.say(one.topic, one.payload, retain=one.retain)


def _of(lamp: Lamp, deaf: Lamp | None, troubles: Sequence[LampTrouble]) -> tuple[LampTrouble, ...]:
    """Paper forgets nothing."""
    if lamp is deaf:
        return (LampTrouble.deaf,)
    forgets = LampTrouble.forget in troubles and not isinstance(lamp, PaperTag)
    return (LampTrouble.forget,) if forgets else ()


def _fits(wanted: str, topic: str) -> bool:
    """Whether a topic is under a filter, as a broker compares them."""
    words, signs = topic.split("/"), wanted.split("/")
    if signs[-1] == "#":
        signs, words = signs[:-1], words[: len(signs) - 1]
    return len(words) == len(signs) and all(
        sign in ("+", word) for sign, word in zip(signs, words, strict=True)
    )
