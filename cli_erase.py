"""`baylight erase`: forgets a car and its customer for good, beside a running server."""

import argparse
import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

from board.backup_sqlite import DAMAGED
from board.core.commands import EraseCar
from board.core.refusals import Refused
from board.core.rules.erasing import refused_while_open
from board.search import IndexedJob, normalised
from cli_shop import OPERATOR, open_workshop
from workshop import Workshop

_MOST = 1000


def add_erase_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `erase`."""
    about = "forget a car and its customer for good: plate, VIN, name, phone, every free word"
    erase = commands.add_parser("erase", help=about, description=about)
    which = erase.add_mutually_exclusive_group(required=True)
    which.add_argument("--plate", default="", help="the car with this plate")
    which.add_argument("--vin", default="", help="the car with this VIN")
    which.add_argument("--job", default="", help="the car of this order (its number or id)")
    erase.add_argument("--yes", action="store_true", help="do not ask before")
    erase.set_defaults(run=run_erase)


def run_erase(chosen: argparse.Namespace) -> int:
    """Show what would be erased, ask, erase; a server that runs shows it within a second."""
    with open_workshop() as workshop:
        return _erase(workshop, chosen)


def _erase(workshop: Workshop, chosen: argparse.Namespace) -> int:
    jobs = _wanted(workshop, chosen)
    if not jobs:
        print("baylight: there is no such car or order", file=sys.stderr)
        return 1
    if refusal := refused_while_open(workshop.first_desk.shop, jobs):
        return _refused(refusal)
    _tell(workshop, jobs)
    if not chosen.yes and not _agreed():
        print("nothing was erased")
        return 1
    answer = asyncio.run(workshop.first_desk.handle(EraseCar(jobs=jobs), OPERATOR))
    if isinstance(answer, Refused):
        return _refused(answer)
    print(f"erased: {_counted(jobs)}")
    _tell_of_copies(workshop)
    return 0


def _refused(refusal: Refused) -> int:
    print(f"refused: {refusal}", file=sys.stderr)
    return 1


def _counted(jobs: tuple[str, ...]) -> str:
    return "1 order" if len(jobs) == 1 else f"{len(jobs)} orders"


def _tell_of_copies(workshop: Workshop) -> None:
    """A database that a restore set aside is no longer ours to write into."""
    file = Path(str(workshop.engine.url.database))
    for copy in sorted(file.parent.glob(f"{file.name}{DAMAGED}*")):
        print(f"delete {copy}: it may still hold the key of this car", file=sys.stderr)


def _wanted(workshop: Workshop, chosen: argparse.Namespace) -> tuple[str, ...]:
    """Every order of the car that was asked for."""
    shop_id = workshop.first_desk.shop.id
    asked = normalised(chosen.plate or chosen.vin or chosen.job)
    found = workshop.journal.jobs.find(shop_id, asked, _MOST)
    named = {job.job_id for job in found if asked in _names(job, chosen)}
    with workshop.journal.turn(shop_id) as turn:
        return turn.jobs_of_cars(named | ({chosen.job} - {""}))


def _names(job: IndexedJob, chosen: argparse.Namespace) -> Iterable[str]:
    if chosen.plate:
        return (normalised(job.plate),)
    return (normalised(job.vin),) if chosen.vin else (normalised(job.number),)


def _tell(workshop: Workshop, jobs: tuple[str, ...]) -> None:
    shop_id = workshop.first_desk.shop.id
    print(f"Will be forgotten for good, {_counted(jobs)}:")
    for job_id in jobs:
        history = workshop.journal.history(shop_id, job_id)
        opened = next((entry.body for entry in history if entry.kind == "job_opened"), {})
        print(f"  {opened.get('number', job_id)}  {_values(opened, 'car')}")
        print(f"    {_values(opened, 'customer')}")


def _values(body: dict[str, object], part: str) -> str:
    found = body.get(part)
    texts = (str(text) for text in found.values() if text) if isinstance(found, dict) else ()
    return " · ".join(texts)


def _agreed() -> bool:
    try:
        return input("Erase them? There is no way back. [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False
