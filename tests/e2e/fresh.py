"""A process of its own that builds the regions of every audience from the journal alone.

Reads lines `TIME HOLDER,HOLDER` and answers each with JSON: `audience:holder` -> region -> html.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

from board.database import open_database
from board.journal_sql import SqlJournal
from board.languages import Languages
from board.recall import recall
from board.secret import open_secret
from displays.audiences import variant_for
from displays.hub import Hub
from displays.live import Live
from displays.render import Renderer

ROOT = Path(__file__).resolve().parents[2]


def regions(
    journal: SqlJournal, renderer: Renderer, now: datetime, holders: list[str]
) -> dict[str, dict[str, str]]:
    """Every audience's regions at `now`."""
    shop = recall(journal, journal.shop_ids()[0])
    live = Live(Hub("fresh", "fresh", lambda: now), renderer)
    walls = ((each, "") for each in ("board", "tv", "lounge", "queue", "arrivals"))
    wanted = [*walls, *(("tablet", each) for each in holders)]
    return {
        f"{audience}:{holder}": live.regions(
            shop, now, variant_for(shop.id, audience, "en", "", holder)
        )
        for audience, holder in wanted
    }


def main(database: str, secret_file: str) -> None:
    """Answer until the input ends."""
    journal = SqlJournal(open_database(database), open_secret(Path(secret_file)))
    renderer = Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)
    for line in sys.stdin:
        at, _, holders = line.strip().partition(" ")
        found = regions(journal, renderer, datetime.fromisoformat(at), holders.split(","))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
