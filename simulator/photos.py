"""Photos that the people of the day take: drawn pictures, brought in through the door of photos."""

from collections.abc import Callable, Mapping
from functools import partial

from simulator.drawings import VARIANTS, drawn
from simulator.walk import Play, Walk

_OVERTAKEN = ("unknown_job", "photo_disk", "job_closed")
_OF_WORK: tuple[tuple[str, str], ...] = (
    ("制动", "brake_disc"),
    ("轮胎", "tyre"),
    ("滤芯", "filter"),
    ("节气门", "throttle"),
    ("胶套", "bush"),
    ("球头", "bush"),
    ("冷却", "leak"),
    ("油封", "leak"),
)
_OF_DEFECT: Mapping[str, str] = {"leak": "leak", "noise": "bush", "torque": "tyre"}


def subject_of_work(text: str) -> str:
    """What is to be seen of a piece of work that is needed."""
    return next((subject for word, subject in _OF_WORK if word in text), "leak")


def subject_of_defect(defect: str) -> str:
    """What is to be seen of work that is not in order."""
    return _OF_DEFECT.get(defect, "leak")


async def photo(walk: Walk, who: str, subject: str) -> list[str]:
    """Somebody photographs that; the name under which the shop has it, none if it has no room."""
    colour, number = walk.visit.colour, walk.random.randrange(VARIANTS)
    return await sent(walk.play, who, walk.visit.id, partial(drawn, subject, colour, number))


async def sent(play: Play, who: str, job: str, draw: Callable[[], bytes]) -> list[str]:
    """The same for a picture that is drawn now, of a job."""
    picture = await play.doors.in_thread(draw)
    door = f"/photos?job={job}"
    answer = await play.doors.people[who].send(door, picture, "image/jpeg", *_OVERTAKEN)
    return [str(answer.body["photo"])] if answer.is_good else []
