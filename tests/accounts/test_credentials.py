"""PINs and passwords: checked, locked, kept as hashes only."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from board.accounts import Accounts, open_accounts
from board.accounts_credentials import (
    LOCK_SECONDS,
    CredentialKind,
    Locked,
    Right,
    Wrong,
    password_is_sound,
    pin_is_sound,
)
from board.tables_of_access import credentials
from tests.accounts.conftest import Clock

PIN, PASSWORD = CredentialKind.pin, CredentialKind.password


def test_the_right_pin_is_right_and_any_other_is_wrong(accounts: Accounts) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    assert accounts.credentials.check("s", "wang", PIN, "2580") == Right()
    assert accounts.credentials.check("s", "wang", PIN, "2581") == Wrong(4)


def test_a_pin_is_no_password_and_no_pin_of_another_shop(accounts: Accounts) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    assert accounts.credentials.check("s", "wang", PASSWORD, "2580") == Wrong(0)
    assert accounts.credentials.check("t", "wang", PIN, "2580") == Wrong(0)


def test_a_new_pin_replaces_the_old_and_lifts_the_lock(accounts: Accounts) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    for _ in range(5):
        accounts.credentials.check("s", "wang", PIN, "0000")
    accounts.credentials.set("s", "wang", PIN, "1379")
    assert accounts.credentials.check("s", "wang", PIN, "1379") == Right()
    assert accounts.credentials.check("s", "wang", PIN, "2580") == Wrong(4)


def test_a_right_try_forgets_the_wrong_ones(accounts: Accounts) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    for _ in range(3):
        for _ in range(4):
            accounts.credentials.check("s", "wang", PIN, "0000")
        assert accounts.credentials.check("s", "wang", PIN, "2580") == Right()


def test_the_fifth_wrong_try_locks_and_waiting_unlocks(accounts: Accounts, clock: Clock) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    told = [accounts.credentials.check("s", "wang", PIN, "0000") for _ in range(6)]
    assert told[:4] == [Wrong(4), Wrong(3), Wrong(2), Wrong(1)]
    assert told[4] == Locked(LOCK_SECONDS, just_now=True)
    assert told[5] == Locked(LOCK_SECONDS + 1)
    clock.pass_by(LOCK_SECONDS + 1)
    assert accounts.credentials.check("s", "wang", PIN, "2580") == Right()


def test_one_locked_name_locks_no_other(accounts: Accounts) -> None:
    for person in ("wang", "zhao"):
        accounts.credentials.set("s", person, PIN, "2580")
    for _ in range(5):
        accounts.credentials.check("s", "wang", PIN, "0000")
    assert accounts.credentials.check("s", "zhao", PIN, "2580") == Right()


def test_tries_side_by_side_count_like_tries_in_turn(accounts: Accounts) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    with ThreadPoolExecutor(8) as threads:
        tries = [
            threads.submit(accounts.credentials.check, "s", "wang", PIN, f"00{n:02d}")
            for n in range(20)
        ]
        told = [one.result() for one in tries]
    assert sum(isinstance(verdict, Wrong) for verdict in told) == 4
    assert sum(isinstance(verdict, Locked) and verdict.just_now for verdict in told) == 1


def test_only_hashes_are_kept_and_they_need_the_pepper(
    accounts: Accounts, engine: Engine, clock: Clock
) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    with engine.connect() as connection:
        kept = connection.scalars(select(credentials.c.hash)).one()
    assert kept.startswith("$argon2id$")
    assert "2580" not in kept
    stolen = open_accounts(engine, clock, b"another pepper")
    assert stolen.credentials.check("s", "wang", PIN, "2580") == Wrong(4)


def test_a_hash_of_weaker_times_is_renewed_when_it_is_right(
    accounts: Accounts, engine: Engine
) -> None:
    accounts.credentials.set("s", "wang", PIN, "2580")
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    peppered = accounts.credentials._peppered("2580")
    with engine.begin() as connection:
        connection.execute(update(credentials).values(hash=weak.hash(peppered)))
    assert accounts.credentials.check("s", "wang", PIN, "2580") == Right()
    with engine.connect() as connection:
        assert "m=19456" in connection.scalars(select(credentials.c.hash)).one()
    assert accounts.credentials.check("s", "wang", PIN, "2580") == Right()


def test_a_pin_has_four_digits() -> None:
    assert pin_is_sound("0234")


@pytest.mark.parametrize("pin", ["", "123", "12345", "12a4", "12 4", "１２３４", "-123"])
def test_anything_else_is_no_pin(accounts: Accounts, pin: str) -> None:
    assert not pin_is_sound(pin)
    with pytest.raises(ValueError, match="not a sound pin"):
        accounts.credentials.set("s", "wang", PIN, pin)


def test_a_password_has_eight_characters_of_any_script() -> None:
    assert password_is_sound("车间看板车间看板")
    assert not password_is_sound("seven77")
    assert not password_is_sound("x" * 201)
    assert not password_is_sound("half \ud800 pair")
