"""`baylight shop catalogue`: a file of the catalogue of work into the shop, or its mistakes."""

import argparse
import asyncio
import sys
from pathlib import Path

from board.catalogue_file import CatalogueFile, read_catalogue
from board.core.commands import ImportCatalogue
from board.core.refusals import Refused
from board.languages import CHINESE
from cli_shop import OPERATOR, Deeds, open_workshop
from workshop import Workshop


def add_catalogue_command(deeds: Deeds) -> None:
    """Add `shop catalogue`."""
    about = "take a CSV or XLSX file of work, hours and prices into the shop's catalogue"
    deed = deeds.add_parser("catalogue", help=about, description=about)
    deed.add_argument("file", type=Path, metavar="FILE")
    deed.add_argument("--replace", action="store_true", help="what is not in FILE leaves")
    deed.add_argument(
        "--good-rows", action="store_true", help="take the good rows although others are wrong"
    )
    deed.set_defaults(run=run_catalogue)


def run_catalogue(chosen: argparse.Namespace) -> int:
    """Take the file in; print every mistake by row and column, and take nothing if there is one."""
    try:
        content = chosen.file.read_bytes()
    except OSError as error:
        raise ValueError(f"{chosen.file} cannot be read ({error.strerror})") from None
    with open_workshop() as workshop:
        # Kinds of bays may be written in Chinese.
        words = workshop.languages.translations(CHINESE)
        found = read_catalogue(content, words.gettext)
        for one in found.mistakes:
            place = f"{chosen.file}:{one.line}" if one.line else str(chosen.file)
            print(": ".join(filter(None, (place, one.column, one.told(str)))))
        if not found.items or (found.mistakes and not chosen.good_rows):
            print("nothing was taken in", file=sys.stderr)
            return 1
        return asyncio.run(_taken(workshop, found, chosen.replace))


async def _taken(workshop: Workshop, found: CatalogueFile, replaces: bool) -> int:
    command = ImportCatalogue(items=found.items, replaces=replaces)
    desk = workshop.first_desk
    answer = await desk.handle(command, OPERATOR)
    if isinstance(answer, Refused):
        print(f"refused: {answer}", file=sys.stderr)
        return 1
    print(f"{len(found.items)} items taken, {len(desk.shop.catalogue)} in the catalogue")
    return 0
