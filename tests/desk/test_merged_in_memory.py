"""The journal in memory merges the files of a car as a database does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from board.batches import Pending, write_batch
from board.core import commands as c
from board.core.refusals import Refused
from board.journal_memory import MemoryJournal
from board.recall import recall
from tests.builders import MONA, NOW, receive

SHOP = "test"
BY_PLATE, BY_VIN = receive("j1", "京A11111"), receive("j2", "京B22222")
MERGE = c.MergeCars(kept="j2", merged="j1")


@pytest.mark.parametrize("late", [timedelta(seconds=30), timedelta(seconds=31)])
def test_thirty_seconds_and_not_longer_in_memory_too(late: timedelta) -> None:
    """The journal in memory keeps the same promises."""
    journal, shop = MemoryJournal(), None
    with_set_up = recall(journal, SHOP)

    def ask(command: c.Command, at: datetime, name: str) -> object:
        nonlocal shop
        batch = write_batch(
            journal, journal.epoch, shop or with_set_up, [Pending(command, MONA, name)], at
        )
        shop = batch.shop
        return batch.decided[0]

    for number, order in enumerate((BY_PLATE, BY_VIN)):
        ask(replace(order, reason="here"), NOW, f"r{number}")
    ask(MERGE, NOW, "merge")
    both = journal.car_file(SHOP, "j1")
    assert both is not None
    assert both.jobs == ("j1", "j2")
    answer = ask(c.PartCars(car="j1"), NOW + late, "part")
    assert isinstance(answer, Refused) == (late > timedelta(seconds=30))
