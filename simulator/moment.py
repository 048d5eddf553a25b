"""A rich moment for pictures: every lane filled, every tone, a blocked bay, an open question.

What the day did not bring by itself is added through the same doors.
"""

from datetime import datetime, timedelta
from random import Random

from simulator.checking import answers
from simulator.fittings import BY_HAND
from simulator.http import Json, is_object, objects
from simulator.moment_desks import fill_desks, order_for_hold, order_late
from simulator.plan import Misreading, Oddity
from simulator.walk import Play
from simulator.watch import Watch

_AHEAD = timedelta(minutes=45)
_PLATES = (
    *("京N5P612", "京QAB305", "津C7Q512", "京HD50837", "冀R6T309", "京L9K081", "京P2M446"),
    *("京A8N052", "鲁B3K715", "京Q6E220", "沪B5T930"),
)
_WORKS = frozenset({"dispatched", "working", "rework"})
_LEAST_AT_WORK = 2
_IN_LINE = 4
_NOT_PASSED = ("no_check_due", "not_allowed", "road_test_needed", "question_open")
_HOLDS: dict[str, dict[str, object]] = {
    "parts_order": {"note": "油封缺货，已订"},
    "approval": {"note": "增项：更换前制动盘"},
    "technical_help": {"note": "故障码与资料不符，请看一下"},
}


class Moment:
    """Steers one shop to its moment."""

    def __init__(self, play: Play, watch: Watch) -> None:
        self._play = play
        self._watch = watch
        self._at = play.time.now()
        self._plates = iter(_PLATES)

    async def prepare(self, at: datetime) -> None:
        """Some time before: promises that will be near or over by then, a car nobody knows."""
        self._at = at
        # A bay for the car that nobody knows.
        self._play.floor.free_bays.discard(BY_HAND)
        await self._play.time.until(at - _AHEAD)
        self._watch.answering = False
        jobs = _in_lanes(await self._watch.look(), "work", "dispatch", "hold")
        for job, minutes in zip(jobs, (-12, 25, -4, 40), strict=False):
            await self._promise(job, at + timedelta(minutes=minutes))
        await self._play.time.until(at - timedelta(minutes=12))
        await order_late(self._play, await self._watch.look(), at - timedelta(minutes=4))
        self._unknown_car()
        self._silent_sensor()

    async def _promise(self, job: Json, at: datetime) -> None:
        reason = "客户要求提前取车"
        await self._as_advisor("promise_job", job=job["id"], at=at, reason=reason)

    async def _as_advisor(self, name: str, **body: object) -> bool:
        advisor = self._play.crew.advisors[0]
        answer = await self._play.doors.people[advisor].do(
            name, "no_way", "promise_past", "job_held", "not_at_handover", **body
        )
        return answer.is_good

    def _unknown_car(self) -> None:
        """A sensor sees a car in a free bay that the board does not know; one bay is enough."""
        self._play.hall.misreadings[:] = [
            one for one in self._play.hall.misreadings if one.oddity != Oddity.ghost
        ]
        self._mislead(BY_HAND, Oddity.ghost)

    def _silent_sensor(self) -> None:
        silent = [one for one in self._play.hall.misreadings if one.oddity == Oddity.silent]
        for one in silent:
            self._mislead(one.bay, Oddity.silent)

    def _mislead(self, bay: str, oddity: Oddity) -> None:
        now = self._play.time.now()
        self._play.hall.misreadings.insert(0, Misreading(bay, oddity, now, now + timedelta(days=1)))
        self._play.hall.moved.set()

    async def complete(self) -> None:
        """Fill what is still too empty; the visits have stopped."""
        await self._start(await self._watch.look())
        for lane, least, fill in (
            ("reception", 2, self._receive),
            ("dispatch", 2, self._sign),
            ("hold", 3, self._hold),
            ("check", 2, self._finish),
            ("wash", 1, self._to_wash),
            ("handover", 2, self._to_ready),
            # Cars for the handover come from there.
            ("wash", 1, self._to_wash),
        ):
            for _ in range(least):
                board = await self._watch.look()
                if len(_in_lanes(board, lane)) < least:
                    await fill(board)
        await self._start(await self._watch.look())
        await self._line()
        await fill_desks(self._play, await self._watch.look())
        await self._block(await self._watch.look())
        await self._watch.look()

    async def _receive(self, _board: Json, *, checked_in: bool = True) -> str:
        plate = next(self._plates)
        job = f"m{self._at:%y%m%d%H%M}-{plate[2:].lower()}"
        car = {"plate": plate, "model": "S5", "colour": "银", "mileage": 41250}
        await self._as_advisor(
            "receive_job", job=job, car=car, asked="四万公里保养", checked_in=checked_in
        )
        return job

    async def _line(self) -> None:
        """A peak at reception: some wait, and the first is called."""
        await self._as_advisor("switch_peak", on=True)
        jobs = [await self._receive({}, checked_in=False) for _ in range(_IN_LINE)]
        await self._as_advisor("call_ticket", job=jobs[0])

    async def _sign(self, board: Json) -> None:
        job = await self._receive(board)
        text = "四万公里保养"
        line = {"text": text, "standard_hours": 1.2, "code": self._play.codes.get(text, "")}
        await self._as_advisor("add_line", job=job, **line)
        await self._as_advisor("promise_job", job=job, at=self._at + timedelta(hours=3))
        await self._as_advisor("move_job", job=job, to="awaiting_dispatch")

    async def _hold(self, board: Json) -> None:
        """The next reason that no held job has yet."""
        held = {str(hold["reason"]) for job in _in_lanes(board, "hold") if (hold := _hold_of(job))}
        reason = next((one for one in _HOLDS if one not in held), "quote")
        body = {"hold": reason, **_HOLDS.get(reason, {})}
        if reason == "parts_order":
            body["expected"] = self._at + timedelta(minutes=70)
        working = [job for job in _in_lanes(board, "work") if job["state"] == "working"]
        for job in working[-1:] if len(working) > _LEAST_AT_WORK else []:
            if reason == "parts_order":
                await order_for_hold(self._play, job, self._at + timedelta(minutes=70))
            await self._as_advisor("hold_job", job=job["id"], **body)

    async def _start(self, board: Json) -> None:
        """Whoever has a car and no clock running begins."""
        busy = {one["id"] for one in objects(board.get("technicians")) if one.get("running")}
        for job in _in_lanes(board, "work"):
            names = job.get("technicians")
            for who in names[:1] if isinstance(names, list) else []:
                if who not in busy and job["state"] == "dispatched":
                    busy.add(who)
                    self._play.hall.drive_in(str(job["bay"]), str(_plate_of(job)))
                    person = self._play.doors.people[str(who)]
                    await person.do("start_line", "no_way", "line_not_open", job=job["id"])

    async def _finish(self, board: Json) -> None:
        """Work that is nearly done is done now."""
        working = [job for job in _in_lanes(board, "work") if job["state"] == "working"]
        for job in working[:1] if len(working) > _LEAST_AT_WORK else []:
            await self._finish_lines(job)

    async def _finish_lines(self, job: Json) -> None:
        leader = self._play.doors.people[self._play.crew.leader]
        # Not by the leader, who is to look at it afterwards.
        named = job.get("technicians")
        who = named[0] if isinstance(named, list) and named else ""
        for line in objects(job.get("lines")):
            if line.get("state") in ("approved", "paused", "rework"):
                one = {"job": job["id"], "line": line["id"], "technician": who}
                await leader.do("start_line", "no_way", **one)
            await leader.do(
                "finish_line", "line_not_running", "no_way", job=job["id"], line=line["id"]
            )

    async def _to_wash(self, board: Json) -> None:
        checked = [job for job in _in_lanes(board, "check") if job["state"] != "road_test"]
        washed = [job for job in checked or _in_lanes(board, "work") if _wants_wash(job)]
        for job in washed[:1]:
            if str(job["state"]) in _WORKS:
                await self._finish_lines(job)
            await self._pass_all(str(job["id"]))

    async def _pass_all(self, job: str) -> None:
        crew = self._play.crew
        for who in (crew.leader, crew.leader, crew.inspector):
            person = self._play.doors.people[who]
            now = (await person.read(f"/api/v1/jobs/{job}")).get("job")
            points = answers(Random(job), now if is_object(now) else {})
            await person.do("pass_check", *_NOT_PASSED, job=job, points=points)

    async def _to_ready(self, board: Json) -> None:
        for job in _in_lanes(board, "wash")[-1:]:
            await self._as_advisor("move_job", job=job["id"], to="awaiting_settlement")
            await self._as_advisor("settle_job", job=job["id"])
            await self._as_advisor("move_job", job=job["id"], to="ready")

    async def _block(self, board: Json) -> None:
        """One car stands in its bay with its clock stopped."""
        working = [job for job in _in_lanes(board, "work") if job["state"] == "working"]
        blocked = [bay for bay in objects(board.get("bays")) if bay["condition"] == "blocked"]
        if blocked or len(working) < 2:
            return
        job = working[0]
        for line in objects(job.get("lines")):
            for clock in objects(line.get("clocks")):
                if line.get("state") == "running" and clock.get("ended_at") is None:
                    who = self._play.doors.people[str(clock["technician"])]
                    await who.do("pause_line", "line_not_running", job=job["id"], reason="临时支援")


def _hold_of(job: Json) -> Json:
    hold = job.get("hold")
    return hold if is_object(hold) else {}


def _plate_of(job: Json) -> object:
    car = job.get("car")
    return car.get("plate", "") if is_object(car) else ""


def _wants_wash(job: Json) -> bool:
    flags = job.get("flags")
    return not (isinstance(flags, list) and "no_wash" in flags)


def _in_lanes(board: Json, *lanes: str) -> list[Json]:
    return [job for job in objects(board.get("jobs")) if job["lane"] in lanes]
