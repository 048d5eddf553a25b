"""Sessions, keys, links and codes: hashes only, ends that hold, one use where it says one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from board.accounts import Accounts
from board.accounts_sessions import token_hash
from board.core.roles import Role
from tests.accounts.conftest import Clock


def test_a_session_is_found_by_its_token_s_hash_alone(accounts: Accounts, engine: Engine) -> None:
    token = accounts.sessions.open_person("s", "wang", "pin", "en")
    found = accounts.sessions.find(token_hash(token))
    assert found is not None
    assert (found.person_id, found.shop_id, found.via) == ("wang", "s", "pin")
    assert accounts.sessions.find(token) is None
    with engine.connect() as connection:
        assert token not in str(connection.execute(text("SELECT * FROM sessions")).all())


def test_use_keeps_it_open_and_only_so_long(accounts: Accounts, clock: Clock) -> None:
    hashed = token_hash(accounts.sessions.open_person("s", "wang", "pin", "en"))
    for _ in range(17):
        clock.pass_by(3600)
        assert accounts.sessions.find(hashed) is not None
    clock.pass_by(3601)
    assert accounts.sessions.find(hashed) is None, "a working day is over"


def test_every_session_of_a_person_ends_together(accounts: Accounts) -> None:
    mine = [token_hash(accounts.sessions.open_person("s", "wang", "pin", "en")) for _ in "ab"]
    other = token_hash(accounts.sessions.open_person("t", "wang", "pin", "en"))
    assert accounts.sessions.revoke_person("s", "wang") == frozenset(mine)
    assert accounts.sessions.revoke_person("s", "wang") == frozenset()
    assert accounts.sessions.find(other) is not None, "another shop's person of that id"
    assert accounts.sessions.dead_among([*mine, other, "made up"]) == {*mine, "made up"}


def test_one_shop_cannot_end_the_session_of_another(accounts: Accounts) -> None:
    hashed = token_hash(accounts.sessions.open_person("s", "wang", "pin", "en"))
    assert accounts.sessions.revoke("t", hashed) == frozenset()
    assert accounts.sessions.find(hashed) is not None


def test_a_key_is_shown_once_and_ends_when_revoked(accounts: Accounts) -> None:
    made = accounts.tokens.create("s", "DMS", [Role.advisor, Role.parts])
    found = accounts.tokens.find(token_hash(made.secret))
    assert found is not None
    assert (found.name, found.roles) == ("DMS", frozenset({Role.advisor, Role.parts}))
    assert not accounts.tokens.revoke("t", made.id)
    assert accounts.tokens.revoke("s", made.id)
    assert accounts.tokens.find(token_hash(made.secret)) is None
    assert accounts.tokens.of_shop("s") == []


@pytest.mark.parametrize("roles", [[], [Role.timekeeper], [Role.advisor, Role.device]])
def test_a_key_acts_in_roles_that_people_have(accounts: Accounts, roles: list[Role]) -> None:
    with pytest.raises(ValueError, match="role"):
        accounts.tokens.create("s", "x", roles)


def test_of_many_that_use_a_link_one_succeeds(accounts: Accounts) -> None:
    token = accounts.tokens.make_link("s", "li")
    with ThreadPoolExecutor(8) as threads:
        used = list(threads.map(lambda _: accounts.tokens.use_link(token), range(8)))
    assert [link.person_id for link in used if link] == ["li"]


def test_of_many_that_type_a_code_one_becomes_a_screen(accounts: Accounts) -> None:
    code = accounts.screens.make_code("s", "tv", "", "en")
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda n: accounts.screens.claim(code, f"{n}"), range(8)))
    assert len([screen for screen in claimed if screen]) == 1
    assert len(accounts.screens.of_shop("s")) == 1


@pytest.mark.parametrize("typed", ["", "AAAA", "AAAAAAAAA", "😀", "AAAA-AAAA"])
def test_what_is_no_code_is_no_screen(accounts: Accounts, typed: str) -> None:
    accounts.screens.make_code("s", "tv", "", "en")
    assert accounts.screens.claim(typed, "") is None
