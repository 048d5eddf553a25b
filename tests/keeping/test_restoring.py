"""A restored shop is the shop of the backup; what was ended since stays ended."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from board.accounts_credentials import CredentialKind, Right
from board.accounts_sessions import token_hash
from board.core.roles import Role
from board.database import connect, insert_missing, reading, writing
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from board.tables import leases, meta
from board.versions import bring_to
from tests.builders import NOW
from tests.keeping.conftest import SHOP, KeptShop


def test_the_shop_is_as_it_was_and_its_history_has_another_name(kept: KeptShop) -> None:
    before, place = kept.shop(), kept.place()
    file = kept.backup()
    kept.receive(2)
    assert len(kept.shop().jobs) == 3
    kept.restore(file)
    epoch, seq = kept.place()
    assert (replace(kept.shop(), seq=before.seq), seq) == (before, place[1] + 1)
    assert epoch != place[0]
    last = SqlJournal(kept.engine).read(SHOP, before.seq)[-1]
    assert (last.kind, last.body["what"], last.via) == (
        "access_changed",
        "restored",
        "command line",
    )


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_new_machine_gets_the_same_shop(kept: KeptShop, tmp_path: Path) -> None:
    (kept.folder / "sensors.toml").write_text("# bound\n")
    (kept.folder / "profiles").mkdir()
    (kept.folder / "profiles" / "mine.toml").write_text("# ours\n")
    (kept.folder / "photos" / "j1").mkdir(parents=True)
    (kept.folder / "photos" / "j1" / "front.jpg").write_bytes(b"\xff\xd8")
    file = kept.backup()
    fresh = KeptShop(f"sqlite:///{tmp_path / 'fresh' / 'baylight.db'}", tmp_path / "fresh")
    fresh.restore(file)
    fresh.open()
    assert fresh.shop().jobs == kept.shop().jobs
    assert (fresh.folder / "sensors.toml").read_text() == "# bound\n"
    assert (fresh.folder / "profiles" / "mine.toml").read_text() == "# ours\n"
    assert (fresh.folder / "photos" / "j1" / "front.jpg").read_bytes() == b"\xff\xd8"
    assert {each.name for each in fresh.folder.iterdir()} >= {"baylight.db", "photos"}
    assert not list(fresh.folder.glob(".restoring*"))
    assert (fresh.folder / "baylight.db").stat().st_mode & 0o777 == 0o600
    fresh.close()


def test_an_empty_database_gets_the_same_shop(kept: KeptShop) -> None:
    file, before = kept.backup(), kept.shop()
    with writing(kept.engine) as connection:
        for table in ("alembic_version", "meta", "heads", "events", "commands", "snapshots"):
            connection.execute(text(f"DROP TABLE {table}"))
    kept.restore(file)
    assert kept.shop().jobs == before.jobs


def test_ids_used_after_the_backup_are_free_and_those_before_are_known(kept: KeptShop) -> None:
    file = kept.backup()
    kept.receive(2)
    gone = kept.place()
    kept.restore(file)
    with SqlJournal(kept.engine).turn(SHOP) as turn:
        assert set(turn.answers(["car-1", "car-2"])) == {"car-1"}
    kept.receive(2)
    assert len(kept.shop().jobs) == 3
    assert kept.place() != gone


def test_a_session_lives_on_only_if_both_know_it_as_open(kept: KeptShop) -> None:
    """Falls over without `keep_ended`: what was signed out after the backup would be signed in."""
    sessions = kept.accounts.sessions
    both = sessions.open_person(SHOP, "anna", "pin", "en")
    ended = sessions.open_person(SHOP, "tom", "pin", "en")
    file = kept.backup()
    sessions.revoke(SHOP, token_hash(ended))
    later = sessions.open_person(SHOP, "carl", "pin", "en")
    kept.restore(file)
    found = [sessions.find(token_hash(each)) is not None for each in (both, ended, later)]
    assert found == [True, False, False]


def test_where_nothing_is_known_of_the_time_since_every_session_ends(
    kept: KeptShop, tmp_path: Path
) -> None:
    token = kept.accounts.sessions.open_person(SHOP, "anna", "pin", "en")
    link = kept.accounts.tokens.make_link(SHOP, "anna")
    file = kept.backup()
    with writing(kept.engine) as connection:
        connection.execute(text("DROP TABLE sessions"))
    kept.restore(file)
    assert kept.accounts.sessions.find(token_hash(token)) is None
    assert kept.accounts.tokens.use_link(link) is None


def test_keys_and_pins_ended_or_changed_since_stay_so(kept: KeptShop) -> None:
    accounts = kept.accounts
    pin = CredentialKind.pin
    accounts.credentials.set(SHOP, "anna", pin, "1111")
    key, other = (accounts.tokens.create(SHOP, name, [Role.advisor]) for name in ("a", "b"))
    file = kept.backup()
    accounts.tokens.revoke(SHOP, key.id)
    with writing(kept.engine) as connection:
        connection.execute(
            text("UPDATE credentials SET changed_at = :late"), {"late": "2027-01-01 00:00:00+00"}
        )
    kept.restore(file)
    assert accounts.tokens.find(token_hash(key.secret)) is None
    assert accounts.tokens.find(token_hash(other.secret)) is not None
    assert isinstance(accounts.credentials.check(SHOP, "anna", pin, "1111"), Right)


def test_fencing_numbers_never_fall(kept: KeptShop) -> None:
    row = {"name": "timekeeper", "holder": "one", "fence": 3, "until": NOW}
    with writing(kept.engine) as connection:
        connection.execute(insert_missing(connection, leases), row)
    file = kept.backup()
    with writing(kept.engine) as connection:
        connection.execute(text("UPDATE leases SET fence = 9"))
    kept.restore(file)
    with reading(kept.engine) as connection:
        held = connection.execute(text("SELECT holder, fence FROM leases")).one()
    assert tuple(held) == ("", 10)


def test_an_older_backup_is_brought_up_to_date(database_url: str, tmp_path: Path) -> None:
    kept = KeptShop(database_url, tmp_path / "data")
    if database_url.startswith("sqlite"):
        (kept.folder / "baylight.db").touch()
    older = connect(database_url)
    with writing(older) as connection:
        bring_to(connection, "0003")
        connection.execute(insert_missing(connection, meta), {"key": "epoch", "value": "old"})
    older.dispose()
    file = kept.backup()
    kept.open()
    kept.receive(0, 2)
    assert kept.restore(file).revision == "0003"
    assert not kept.shop().people
    kept.receive(0)
    assert len(kept.shop().jobs) == 1
    kept.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_damaged_database_is_set_aside(kept: KeptShop) -> None:
    file, before = kept.backup(), kept.shop()
    kept.close()
    database = kept.folder / "baylight.db"
    database.write_bytes(b"not a database, whatever it was" * 1000)
    for part in ("-wal", "-shm"):
        Path(f"{database}{part}").unlink(missing_ok=True)
    kept.restore(file)
    kept.open()
    assert kept.shop().jobs == before.jobs
    assert (kept.folder / "baylight.db.damaged").exists()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_database_that_somebody_holds_is_left_as_it_is(
    kept: KeptShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("board.backup_sqlite._WAIT_SECONDS", 0.1)
    file, place = kept.backup(), kept.place()
    with closing(sqlite3.connect(kept.folder / "baylight.db")) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalUnavailable, match="locked"):
            kept.restore(file)
    assert kept.place() == place
