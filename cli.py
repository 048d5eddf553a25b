"""The `baylight` command line: what a person runs. Prints for people; everything else logs."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence

from board.clock import ClockRefused
from board.journal import JournalUnavailable
from cli_catalogue import add_catalogue_command
from cli_demo import add_demo_commands
from cli_devices import add_devices_command
from cli_erase import add_erase_command
from cli_https import add_https_command
from cli_keep import add_keep_commands
from cli_people import add_people_commands
from cli_serve import add_serve_commands
from cli_shop import add_shop_commands
from settings import ENVIRONMENT, SettingsFault

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 with a sentence when not, 2 for wrong words."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # What alembic says about every opened database is nothing a person can use.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    run: Run | None = getattr(chosen, "run", None)
    if run is None:
        parser.print_help()
        return 2
    try:
        return run(chosen)
    except KeyboardInterrupt:
        return 130
    except (SettingsFault, ClockRefused, JournalUnavailable, OSError, ValueError) as error:
        print(f"baylight: {_sentence(error)}", file=sys.stderr)
        return 1


def _sentence(error: Exception) -> str:
    if isinstance(error, JournalUnavailable):
        return error.sentence
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="baylight",
        description="Baylight, the live board of a car workshop.",
        epilog="Settings come from the environment:\n"
        + "\n".join(f"  {name:22}{text}" for name, text in ENVIRONMENT.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    add_serve_commands(commands, parser.epilog or "")
    add_catalogue_command(add_shop_commands(commands))
    add_people_commands(commands)
    add_keep_commands(commands)
    add_erase_command(commands)
    add_devices_command(commands)
    add_https_command(commands)
    add_demo_commands(commands)
    return parser
