"""Commands for schedules: always something to do with the cars that are there, refused or not."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tests.e2e.running import RunningShop

MOST_CARS = 6
BAYS = ("1", "2", "3", "4", "5", "6")
PEOPLE = ("tom", "lee", "tina")
STATES = ("awaiting_dispatch", "washing", "road_test", "ready", "awaiting_settlement")

Deed = tuple[str, dict[str, object]]


class Cars:
    """The open jobs of a shop, as far as they are known outside."""

    def __init__(self, shop: RunningShop) -> None:
        self._shop = shop
        self._numbers = count(1)
        self.ids: list[str] = []
        self.look()

    def look(self) -> None:
        """Ask the shop which jobs are open."""
        self.ids = sorted(job["id"] for job in self._shop.board()["jobs"])

    def deed(self, kind: int, number: int) -> Deed:
        """A command and its body; the kinds are as many as DEEDS in steps.py."""
        if kind == 0 or not self.ids:
            return self._receive()
        job, one = self.ids[number % len(self.ids)], next(self._numbers)
        later = datetime.now(UTC) + timedelta(hours=30, minutes=one % 300)
        deeds: tuple[Deed, ...] = (
            ("flag_job", {"add": ["vip"], "remove": ["waiting"]}),
            ("flag_job", {"add": ["waiting"], "remove": ["vip"]}),
            ("describe_job", {"asked": f"noise {one}"}),
            ("promise_job", {"at": later.isoformat(), "reason": "parts"}),
            ("dispatch_job", {"bay": BAYS[number % 6], "technicians": [PEOPLE[number % 3]]}),
            ("place_car", {"where": "bay", "spot": BAYS[number % 6]}),
            ("start_line", {"line": "1", "technician": PEOPLE[number % 3]}),
            ("move_job", {"to": STATES[number % 5]}),
        )
        name, body = deeds[(kind - 1) % len(deeds)]
        return name, {"job": job, **body}

    def _receive(self) -> Deed:
        if len(self.ids) >= MOST_CARS:
            return "cancel_job", {"job": self.ids.pop(0), "reason": "customer left"}
        number = next(self._numbers)
        job = f"car{number}-{datetime.now(UTC).timestamp():.0f}"
        self.ids.append(job)
        plate = f"京F{10_000 + number % 80_000}"
        return "receive_job", {"job": job, "car": {"plate": plate}, "asked": "service"}
