"""A day at random in which every text that people type carries a mark nobody else may read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from tests.e2e.running import RunningShop

MARK = "Verplappert"
PRICE = "¥8765.43"
BAYS = ("1", "2", "3", "4", "5", "6")
WAYS = ("awaiting_dispatch", "washing", "awaiting_settlement", "ready", "delivered", "road_test")
HOLDS = ("approval", "quote", "technical_help", "equipment", "other", "parts_order")

Deed = Callable[[str], tuple[str, dict[str, object]]]


class TalkativeDay:
    """Commands of all sorts, some refused; `secrets` is what they have told so far."""

    def __init__(self, shop: RunningShop, began: datetime, seed: int) -> None:
        self.granted: set[str] = set()
        self.plates: list[str] = []
        self.personal: list[str] = [MARK, PRICE]
        self._shop = shop
        self._began = began
        self._dice = Random(seed)
        self._jobs: list[str] = []
        self._text = 0

    def words(self) -> str:
        """Something that is meant for the workshop alone."""
        self._text += 1
        return f"{MARK} {self._text}: {PRICE}"

    def receive(self) -> None:
        """A car comes, with everything a customer tells."""
        number = len(self._jobs) + 1
        plate, vin = f"京Q{71_000 + number * 37}", f"LZZ7VERRAT{number:07d}"
        name, phone = f"{MARK} Meier {number}", f"1380013{number:04d}"
        self.plates.append(plate)
        self.personal += [vin, phone]
        body: dict[str, object] = {
            "job": f"car-{number}",
            "car": {"plate": plate, "vin": vin, "model": f"M{number}", "colour": "red"},
            "customer": {"name": name, "phone": phone},
            "asked": self.words(),
            "keys": self.words(),
            "parked_at": self.words(),
            "overrides": ["vin"],
            "reason": self.words(),
        }
        self._jobs.append(f"car-{number}")
        self._shop.do("receive_job", **body)

    def something(self) -> None:
        """One command on one of the cars."""
        name, body = self._dice.choice(self._deeds())(self._dice.choice(self._jobs))
        status, answer = self._shop.attempt(name, **body)
        assert status in (200, 404, 409), (name, body, answer)
        if status == 200:
            self.granted.add(name)

    def _deeds(self) -> tuple[Deed, ...]:
        pick, words = self._dice.choice, self.words
        at = (self._began + timedelta(minutes=self._dice.randrange(90, 500))).isoformat()
        techs, bay = [pick(("tom", "tina", "lee"))], pick(BAYS)
        who = {"technician": techs[0]}
        move: Deed = lambda j: ("move_job", {"job": j, "to": pick(WAYS), "reason": words()})  # noqa: E731
        return (
            move,
            move,
            lambda j: ("dispatch_job", {"job": j, "bay": bay, "technicians": techs}),
            lambda j: ("start_line", {"job": j, **who}),
            lambda j: ("finish_line", {"job": j, **who}),
            lambda j: ("pass_check", {"job": j, "note": words(), "reason": words()}),
            lambda j: ("fail_check", {"job": j, "defect": "noise", "note": words()}),
            lambda j: (
                "hold_job",
                {"job": j, "hold": pick(HOLDS), "note": words(), "expected": at},
            ),
            lambda j: ("resume_job", {"job": j, "note": words()}),
            lambda j: ("add_line", {"job": j, "text": words(), "proposed": True}),
            lambda j: ("propose_line", {"job": j, "text": words(), "note": words()}),
            lambda j: ("price_line", {"job": j, "line": "2", "price": 100, "parts_price": 0}),
            lambda j: ("ask_customer", {"job": j}),
            lambda j: (
                "decide_line",
                {"job": j, "line": "2", "approved": True, "how": "message", "said_by": words()},
            ),
            lambda j: ("promise_job", {"job": j, "at": at, "reason": words()}),
            lambda j: ("describe_job", {"job": j, "asked": words(), "keys": words()}),
            lambda j: ("place_car", {"job": j, "where": "parking", "spot": words()}),
            lambda j: ("place_car", {"job": j, "where": "bay", "spot": bay}),
            lambda j: ("flag_job", {"job": j, "add": [pick(("vip", "waiting", "express"))]}),
            lambda j: ("change_bay", {"bay": bay, "state": pick(("open", "cleaning"))}),
        )
