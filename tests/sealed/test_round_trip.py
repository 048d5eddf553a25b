"""Any event that is sealed comes back the same, and says nothing on the way."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from board.car_keys import CarKeys
from board.codec import EVENTS, event_from_entry, event_to_entry
from board.core.events import Event, JobMoved
from board.core.personal import ERASED
from board.database import open_database, writing
from board.erasing import destroy_keys
from board.journal import Entry
from board.journal_rows import entries_of, row_of
from board.leaves import put_back, taken
from board.seal import WrongKey
from board.tables import car_keys, events
from tests.builders import NOW
from tests.core.nonsense import filled
from tests.sealed.conftest import SECRET, SHOP


def _is_json(event: Event) -> bool:
    text = json.dumps(event_to_entry(event)[2])
    return "NaN" not in text and "Infinity" not in text


ANY_EVENT: st.SearchStrategy[Event] = (
    st.sampled_from(list(EVENTS.values())).flatmap(filled).filter(_is_json)
)
OFTEN = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    engine = open_database(f"sqlite:///{tmp_path / 'baylight.db'}")
    yield engine
    engine.dispose()


def entry_of(event: Event) -> Entry:
    """The event as the journal is given it, with unmistakable words where it is personal."""
    kind, version, body = event_to_entry(event)
    # Through JSON, as the journal keeps it: what was a tuple is a list.
    body = json.loads(json.dumps(body))
    _, leaves = taken(EVENTS[kind], body)
    put_back(body, {path: f"密语{path}" for path in leaves})
    job = str(body.get("job", "")) or None
    return Entry(1, NOW, "person:anna", "c", job, kind, version, body, "test")


@OFTEN
@given(ANY_EVENT)
def test_a_sealed_event_opens_again_and_is_never_readable(sqlite: Engine, event: Event) -> None:
    entry = entry_of(event)
    with writing(sqlite) as connection:
        hand = CarKeys(SECRET).at(connection, SHOP)
        row = row_of(SHOP, entry, hand)
        assert "密语" not in str(row["body"])
        connection.execute(events.delete())
        connection.execute(insert(events), row)
        (back,) = entries_of(connection.execute(select(events)).all(), hand)
    assert back.body == entry.body
    event_from_entry(back.kind, back.version, back.body)


@OFTEN
@given(ANY_EVENT)
def test_without_its_key_an_event_still_opens_but_says_nothing(
    sqlite: Engine, event: Event
) -> None:
    entry = entry_of(event)
    with writing(sqlite) as connection:
        row = row_of(SHOP, entry, CarKeys(SECRET).at(connection, SHOP))
        connection.execute(events.delete())
        connection.execute(insert(events), row)
        living = list(connection.scalars(select(car_keys.c.key_id)))
        destroy_keys(connection, SHOP, living, NOW)
        fresh = CarKeys(SECRET).at(connection, SHOP)
        (back,) = entries_of(connection.execute(select(events)).all(), fresh)
        # A job of that name is not taken for this one in the next example.
        connection.exec_driver_sql("DELETE FROM job_keys")
    bare, leaves = taken(EVENTS[entry.kind], entry.body)
    assert back.body == bare
    assert str(back.body).count(repr(ERASED)) == len(leaves)
    event_from_entry(back.kind, back.version, back.body)


def test_a_text_moved_to_another_entry_does_not_open(sqlite: Engine) -> None:
    """Falls over without `about`: a copied text would then pass for another entry's."""
    entry = entry_of(JobMoved("j1", "ready", "delivered", "told"))
    with writing(sqlite) as connection:
        hand = CarKeys(SECRET).at(connection, SHOP)
        connection.execute(insert(events), row_of(SHOP, entry, hand) | {"seq": 2})
        rows = connection.execute(select(events)).all()
        with pytest.raises(WrongKey):
            entries_of(rows, hand)
