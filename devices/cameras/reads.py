"""What all cameras have in common: a plate, how sure, by whom and when. Pure."""

from collections.abc import Sequence
from datetime import datetime

from devices.families.message import Message
from devices.families.values import number, plate
from devices.payloads import Json
from devices.readings import EventKind, Finding, Observation

MOST_CANDIDATES = 10
LONGEST_NAME = 100
NO_PLATE = frozenset(
    {
        "UNKNOWN", "NOPLATE", "NOTFOUND", "UNLICENSED", "NONE", "NULL",
        "无牌", "无牌车", "无车牌", "未识别", "未知", "车牌",
    }
)  # fmt: skip
"""What cameras write where they saw a car without reading its plate."""


def device_of(*names: Json, camera: str) -> str:
    """The stable id of a camera: the first name that it gives itself, else that of its key."""
    for name in names:
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if isinstance(name, str) and name.strip() and "\0" not in name:
            return f"alpr:{name.strip()[:LONGEST_NAME]}"
    return f"alpr:{camera}"


def score_of(value: Json, most: float) -> float | None:
    """How sure a read is, from 0 to 1; `most` is the maker's word for certain."""
    told = number(value)
    return round(told / most, 6) if told is not None and 0 <= told <= most else None


def read(
    message: Message,
    device: str,
    told: Json,
    score: float | None,
    *,
    at: datetime | None = None,
    candidates: Sequence[Json] = (),
    track: str = "",
    number_of_it: str = "",
) -> list[Observation]:
    """One read, or none where no plate was read. `number_of_it`: the camera's own name for it.

    A clock that is years off is told and not believed.
    """
    text = plate(told)
    if not text or text in NO_PLATE:
        return []
    believed = message.believed(at)
    own = number_of_it[:LONGEST_NAME] or (believed.isoformat() if believed else "")
    others = [plate(one) for one in candidates[:MOST_CANDIDATES]]
    found = message.once(
        device,
        "plate",
        EventKind.plate,
        text,
        f"{own}/{text}" if own else "",
        at=believed,
        track=track[:LONGEST_NAME],
        score=score,
        candidates=tuple(dict.fromkeys(one for one in others if one)),
    )
    is_off = found and at is not None and believed is None
    return [*found, message.finding(device, Finding.clock)] if is_off else [*found]
