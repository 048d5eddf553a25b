"""Whether a device or bridge is there: its own word, its last will, its traffic. Pure."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from devices.readings import Alive, Availability

OFFLINE_HOLD_SECONDS = 5
BRIDGE_HOLD_SECONDS = 1
MOST_BOOTS = 4


class Life(Struct, frozen=True):
    """What is remembered of one device or bridge; `boots` are its former power-ups."""

    alive: Alive = Alive.unknown
    since: datetime | None = None
    boot: str = ""
    boots: tuple[str, ...] = ()
    bridge: str = ""


def hear(life: Life, said: Availability) -> Life:
    """The life after its own word or its will; the will of a former power-up is ignored."""
    if said.boot and said.boot in life.boots:
        return life
    if said.alive is not Alive.online and said.boot and life.boot and said.boot != life.boot:
        return life
    same = said.alive is life.alive
    return Life(
        alive=said.alive,
        since=life.since if same else said.received_at,
        boot=said.boot or life.boot,
        boots=_former(life, said.boot),
        bridge=said.bridge or life.bridge,
    )


def _former(life: Life, boot: str) -> tuple[str, ...]:
    if not boot or not life.boot or boot == life.boot:
        return life.boots
    return (*life.boots, life.boot)[-MOST_BOOTS:]


def hear_traffic(life: Life, bridge: str, at: datetime) -> Life:
    """The life after a live message: whoever speaks is there, whatever a will said."""
    if life.alive is Alive.offline:
        return replace(life, alive=Alive.online, since=at, bridge=bridge or life.bridge)
    return life if life.bridge == bridge or not bridge else replace(life, bridge=bridge)


def is_offline(life: Life, now: datetime, hold_seconds: float = OFFLINE_HOLD_SECONDS) -> bool:
    """Whether it has been offline for longer than a will may come too late."""
    if life.alive is not Alive.offline or life.since is None:
        return False
    return now - life.since >= timedelta(seconds=hold_seconds)
