"""An entry as a row of the database and back: what is personal in it lies sealed in its body.

Knows no statements and no transactions; the keys are at hand.
"""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Row

from board.car_keys import CarName, KeysAtHand
from board.codec import EVENTS
from board.journal import Entry, body_text
from board.leaves import put_back, taken
from board.search_sql import car_names_of

_SEALED = "sealed"


def row_of(shop_id: str, entry: Entry, hand: KeysAtHand) -> dict[str, object]:
    """The row that keeps an entry."""
    return {
        "shop_id": shop_id,
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "command_id": entry.command_id,
        "job_id": entry.job_id,
        "kind": entry.kind,
        "version": entry.version,
        "body": body_text(sealed_body(entry, hand)),
        "via": entry.via,
    }


def sealed_body(entry: Entry, hand: KeysAtHand) -> object:
    """The body with its personal values sealed; the body itself when it has none."""
    bare, leaves = taken(EVENTS.get(entry.kind), entry.body)
    if not leaves or not isinstance(bare, dict):
        return entry.body
    sealed = hand.seal(entry.job_id or "", leaves, _about(entry), _names(entry.body))
    return {**bare, _SEALED: sealed} if sealed else bare


def entries_of(rows: Sequence[Row[object]], hand: KeysAtHand) -> list[Entry]:
    """The entries that rows keep, opened as far as their keys still exist."""
    entries = [_entry(row) for row in rows]
    sealed = [(entry, _sealed(entry)) for entry in entries if _SEALED in entry.body]
    hand.fetch({text["key"] for _, text in sealed})
    for entry, text in sealed:
        put_back(entry.body, hand.open(text, _about(entry)))
    return entries


def says_plainly(row: Row[object]) -> bool:
    """Whether anything personal stands in the row in plain words."""
    entry = _entry(row)
    entry.body.pop(_SEALED, None)
    return bool(taken(EVENTS.get(entry.kind), entry.body)[1])


def _sealed(entry: Entry) -> dict[str, str]:
    return msgspec.convert(entry.body.pop(_SEALED), dict[str, str])


def _about(entry: Entry) -> str:
    return f"event/{entry.seq}/{entry.kind}"


def _names(body: dict[str, object]) -> tuple[CarName, ...]:
    car = body.get("car")
    if not isinstance(car, dict):
        return ()
    return car_names_of(str(car.get("plate", "")), str(car.get("vin", "")))


def _entry(row: Row[object]) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        command_id=row.command_id,
        job_id=row.job_id,
        kind=row.kind,
        version=row.version,
        body=msgspec.json.decode(row.body, type=dict[str, object]),
        via=row.via,
    )
