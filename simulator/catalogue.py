"""The demo shop's catalogue of work: a file like a shop has one, taken in by its manager."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simulator.crew import Crew
from simulator.doors import Doors
from simulator.http import with_file

FILE = Path(__file__).with_name("catalogue.csv")
_PAGE = "/admin/catalogue"


@cache
def codes_by_text() -> Mapping[str, str]:
    """The code of each piece of work by its text."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["名称"]: row["代码"] for row in csv.DictReader(lines)}


async def take_in(doors: Doors, crew: Crew) -> Mapping[str, str]:
    """The manager brings the file in; the codes the shop then knows, none without a manager."""
    if not crew.manager:
        return {}
    wishes = {"mode": "merge", "rows": "all", "deed": "import"}
    body, kind = with_file(wishes, FILE.name, FILE.read_bytes())
    answer = await doors.people[crew.manager].send(_PAGE, body, kind)
    return codes_by_text() if answer.is_good else {}
