"""The controller's eye on the board: answers sensors' questions, counts for the progress line."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

from simulator.fittings import BY_HAND
from simulator.http import Json, is_object, objects
from simulator.walk import Play

LOOK_SECONDS = 0.5
_REST_PER_LOOK = 8.0
"""A look that took long is followed by a longer rest: a busy shop is not read all the time."""


@dataclass(slots=True)
class Watch:
    """Looks at the board again and again. `answering`: whether questions are answered;
    `waiting`: how many cars nobody has begun to receive.
    """

    play: Play
    minutes_to_answer: int
    answering: bool = True
    lanes: Counter[str] = field(default_factory=Counter)
    conditions: Counter[str] = field(default_factory=Counter)
    presences: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    asked: int = 0
    _open: set[str] = field(default_factory=set)
    _pending: set[str] = field(default_factory=set)

    async def run(self) -> None:
        """Look until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                began = monotonic()
                board = await self.look()
                took = monotonic() - began
                for bay in objects(board.get("bays")):
                    key = _question_of(bay)
                    if key and self._is_ours(bay) and key not in self._pending:
                        self._pending.add(key)
                        self.asked += 1
                        tasks.create_task(self._answer(bay))
                await asyncio.sleep(max(LOOK_SECONDS, _REST_PER_LOOK * took))

    def _is_ours(self, bay: Json) -> bool:
        """Whether the controller answers; people who try the demo have a bay of their own."""
        return self.answering and bay["id"] != BY_HAND

    async def look(self) -> Json:
        """The board as it is now; counts follow."""
        controller = self.play.doors.people[self.play.crew.controller]
        board = await controller.read("/api/v1/board")
        if board:
            jobs = objects(board.get("jobs"))
            self.lanes = Counter(str(job["lane"]) for job in jobs)
            self.waiting = sum(job["state"] == "arrived" for job in jobs)
            bays = objects(board.get("bays"))
            self.conditions = Counter(str(bay["condition"]) for bay in bays)
            self.presences.update(_presence(bay) for bay in bays)
            self._open = {_question_of(bay) for bay in bays}
        return board

    async def _answer(self, bay: Json) -> None:
        """Go and see; the answer is what really stands there."""
        await self.play.time.minutes(self.minutes_to_answer)
        # Most questions end by themselves, when the board catches up with the hall.
        if not self.answering or _question_of(bay) not in self._open:
            return
        bay_id, kind = str(bay["id"]), str(_question(bay).get("kind"))
        stands = bay_id in self.play.hall.standing
        agreed = not stands if kind == "car_gone" else False
        controller = self.play.doors.people[self.play.crew.controller]
        answer = await controller.do("answer_question", "no_question", bay=bay_id, agreed=agreed)
        if answer.is_good:
            self.play.happened[f"question_{kind}"] += 1


def _question(bay: Json) -> Json:
    found = bay.get("question")
    return found if is_object(found) else {}


def _question_of(bay: Json) -> str:
    question = _question(bay)
    return f"{bay['id']}:{question['since']}" if question else ""


def _presence(bay: Json) -> str:
    sensed = bay.get("sensed")
    return str(sensed.get("presence")) if is_object(sensed) else ""
