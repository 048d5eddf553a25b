"""Whoever tries codes at the gate until one lets a car out."""

from collections.abc import Iterator

import pytest

from board.accounts_tries import TryLimit
from board.database import open_database
from board.web.limits import Limits
from tests.web.front import Front


@pytest.fixture
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A shop whose gate soon has had enough."""
    file = tmp_path_factory.mktemp("gate") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    shop = Front(file, limits=Limits(gate_code=TryLimit(5, 300))).start()
    yield shop
    shop.stop()


def test_guessing_gate_codes_is_slowed_for_the_guesser_alone(front: Front) -> None:
    """Falls over without `few_tries(doors, desk.shop.id, guesses)` in `board/web/commands.py`."""
    with front.as_person("lin") as lin, front.as_person("li") as li:
        codes = [f"ABC23{sign}" for sign in "456789"]
        told = [
            lin.post("/api/v1/commands/use_gate_pass", json={"code": code}).json()["code"]
            for code in codes
        ]
        form = lin.post("/do/use_gate_pass", data={"code": "ABC232"})
        other = li.post("/api/v1/commands/use_gate_pass", json={"code": "ABC232"})
    assert told == ["code_unknown"] * 5 + ["too_many_codes"]
    assert form.status_code == 429
    assert other.json()["code"] == "code_unknown"
