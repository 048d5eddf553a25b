"""`baylight shop`, `baylight rebuild`: a shop's set-up file and its read tables."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from board.accounts_credentials import CredentialKind
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.desk import Desk
from board.recall import rebuild
from board.shop_file import ShopFile, check, read_shop_file
from board.shops import has_shop
from board.web.access import note, to_sign_out
from settings import Settings, read_settings
from workshop import Workshop

OPERATOR = Actor("operator", "shell", "", frozenset({Role.manager}), "command line")


Deeds: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_shop_commands(commands: Deeds) -> Deeds:
    """Add `shop check`, `shop import` and `rebuild`; return where more of `shop` is added."""
    shop = commands.add_parser("shop", help="check or import a shop's set-up file or catalogue")
    deeds = shop.add_subparsers(metavar="check|import|catalogue", required=True)
    about = "say line and reason of each mistake in FILE"
    _of_file(deeds.add_parser("check", help=about, description=about), run_check)
    about = "set the shop up as FILE says"
    importing = deeds.add_parser("import", help=about, description=about)
    _of_file(importing, run_import)
    say = "where jobs of a state go that the file leaves out, e.g. washing=ready; may be repeated"
    importing.add_argument(
        "--move", action="append", default=[], type=_move, metavar="STATE=STATE", help=say
    )
    again = commands.add_parser(
        "rebuild", help="make search, files of cars and snapshot anew (stop the server first)"
    )
    again.set_defaults(run=run_rebuild)
    return deeds


def _of_file(deed: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    deed.add_argument("file", type=Path, metavar="FILE")
    deed.set_defaults(run=run)


def _move(text: str) -> tuple[str, str]:
    source, sign, to = text.partition("=")
    if not (source and sign and to):
        raise argparse.ArgumentTypeError(f"{text!r} is not STATE=STATE")
    return source, to


def run_check(chosen: argparse.Namespace) -> int:
    """Print every mistake of the file with its line."""
    mistakes = check(_text(chosen.file))
    for mistake in mistakes:
        print(f"{chosen.file}:{mistake.line}: {mistake.reason}")
    if not mistakes:
        print(f"{chosen.file}: all is well")
    return 1 if mistakes else 0


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise ValueError(f"there is no file {file}") from None
    except OSError as error:
        raise ValueError(f"{file} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"{file} is not UTF-8 text") from None


def run_import(chosen: argparse.Namespace) -> int:
    """Import the file into the shop; a server that runs shows it within a second."""
    found = read_shop_file(_text(chosen.file))
    if not isinstance(found, ShopFile):
        return run_check(chosen)
    found = replace(found, command=replace(found.command, moves=dict(chosen.move)))
    workshop = Workshop(read_settings())
    try:
        return asyncio.run(import_file(workshop, workshop.first_desk, found))
    finally:
        workshop.close()


async def import_file(workshop: Workshop, desk: Desk, found: ShopFile) -> int:
    """Set the shop up and keep the PINs the file gives; 1 when the rules refuse it."""
    before = desk.shop.people
    answer = await desk.handle(found.command, OPERATOR)
    if isinstance(answer, Refused):
        print(f"refused: {answer}", file=sys.stderr)
        if answer.code == "workflow_strands":
            states = (field.removeprefix("moves.") for field in answer.fields)
            options = " ".join(f"--move {state}=STATE" for state in states)
            print(f"Add {options}, or choose it on the page /admin/workflow.", file=sys.stderr)
        return 1
    for person in to_sign_out(before, desk.shop.people):
        await workshop.access.end_person(desk.shop.id, person)
    for person, pin in found.pins.items():
        keep = workshop.accounts.credentials.set
        await asyncio.to_thread(keep, desk.shop.id, person, CredentialKind.pin, pin)
        # The server looks for ended sessions when it reads the note: they must have ended by then.
        await workshop.access.end_person(desk.shop.id, person)
        await note(desk, OPERATOR, "pin_set", person)
    print(
        f"{desk.shop.settings.name}: {len(found.command.bays)} bays, "
        f"{len(found.command.people)} people"
    )
    return 0


@contextmanager
def open_workshop() -> Iterator[Workshop]:
    """The shop that the settings name; ValueError where there is none, and none is made."""
    settings = read_settings()
    require_shop(settings)
    workshop = Workshop(settings)
    try:
        yield workshop
    finally:
        workshop.close()


def require_shop(settings: Settings) -> None:
    """Raise ValueError when the settings lead to no shop: a mistaken folder must not become one."""
    if has_shop(settings.database_url):
        return
    where = "the database of DATABASE_URL"
    if settings.database_url.startswith("sqlite"):
        where = settings.database_url.removeprefix("sqlite:///")
    raise ValueError(f"there is no shop in {where}: check BAYLIGHT_DATA and DATABASE_URL")


def run_rebuild(_chosen: argparse.Namespace) -> int:
    """Fold the whole journal anew."""
    with open_workshop() as workshop:
        for shop_id in workshop.desks:
            shop = rebuild(workshop.journal, shop_id)
            print(f"{shop_id}: rebuilt from {shop.seq} events, {len(shop.jobs)} live jobs")
    return 0
