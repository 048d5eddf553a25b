"""A link proves itself and names one job of one shop; the code belongs to one round."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.core import commands as c
from board.core.personal import ERASED
from board.phone_links import Linked, code_of, is_alive, is_code, job_of, opened_of, token_of
from displays.qr import qr_svg
from tests.builders import ANNA, NOW, brought_to

SECRET = bytes(range(32))


def test_a_link_means_its_job_in_its_shop() -> None:
    assert job_of(SECRET, token_of(SECRET, "main-1a2b3c", "j1")) == Linked("main-1a2b3c", "j1")


@pytest.mark.parametrize(("shop", "job"), [("other", "j1"), ("main", "j2"), ("main-j1", "")])
def test_a_link_of_another_shop_or_job_proves_nothing_here(shop: str, job: str) -> None:
    """Falls over without `"\\n".join(parts).encode()` in `board/phone_links.py`."""
    proof = token_of(SECRET, shop, job).rpartition(".")[2]
    assert job_of(SECRET, f"main.j1.{proof}") is None


def test_a_link_of_another_secret_is_nobodys() -> None:
    assert job_of(SECRET, token_of(bytes(32), "main", "j1")) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 200), st.characters())
def test_a_link_with_one_letter_changed_is_nobodys(place: int, letter: str) -> None:
    token = token_of(SECRET, "main", "j1")
    at = place % len(token)
    altered = token[:at] + letter + token[at + 1 :]
    assert altered == token or job_of(SECRET, altered) is None


@pytest.mark.parametrize("typed", ["", ".", "main.j1.", "main.j1." + "a" * 32, "x" * 5000])
def test_what_is_no_link_is_nobodys(typed: str) -> None:
    assert job_of(SECRET, typed) is None


def test_a_link_dies_72_hours_after_delivery() -> None:
    """Falls over without `now - job.closed_at < LIVES_AFTER_DELIVERY` in `board/phone_links.py`."""
    job = brought_to("delivered").job()
    assert is_alive(job, 0, NOW + timedelta(hours=71, minutes=59))
    assert not is_alive(job, 0, NOW + timedelta(hours=72))


def test_the_link_of_an_open_order_lives_however_long_it_takes() -> None:
    assert is_alive(brought_to("working").job(), 0, NOW + timedelta(days=400))


def test_a_link_that_was_given_anew_ends_the_one_before() -> None:
    """Falls over without `link_round != job.link_round` in `board/phone_links.py`."""
    job = brought_to("working").do(c.RenewLink(job="j1"), ANNA).job()
    tokens = [token_of(SECRET, "main", "j1", number) for number in (0, 1)]
    linked = [job_of(SECRET, token) for token in tokens]
    assert linked == [Linked("main", "j1"), Linked("main", "j1", 1)]
    assert [is_alive(job, one.link_round, NOW) for one in linked if one] == [False, True]
    forged = tokens[1].replace("j1.1.", "j1.2.")
    assert (job_of(SECRET, forged), job_of(SECRET, tokens[0].replace("j1.", "j1.1."))) == (
        None,
    ) * 2


def test_a_link_dies_with_the_cars_file() -> None:
    """Falls over without `is_erased(job.car.plate)` in `board/phone_links.py`."""
    job = brought_to("delivered").job()
    assert not is_alive(replace(job, car=replace(job.car, plate=ERASED)), 0, NOW)


def test_each_round_has_a_code_of_its_own_and_so_has_each_job() -> None:
    codes = {code_of(SECRET, "main", job, number) for job in ("j1", "j2") for number in range(20)}
    assert len(codes) > 35
    assert all(len(code) == 6 and code.isdecimal() for code in codes)


def test_the_code_may_be_typed_as_it_is_read() -> None:
    assert is_code(" 123 456 ", "123456")
    assert is_code("123-456", "123456")
    assert not is_code("123457", "123456")
    assert is_code("１２３４５６", "123456"), "as a Chinese keyboard may type it"


def test_a_new_round_ends_what_an_old_code_has_opened() -> None:
    assert opened_of(SECRET, "main", "j1", 0) != opened_of(SECRET, "main", "j1", 1)
    assert opened_of(SECRET, "main", "j1", 0) != opened_of(SECRET, "main", "j2", 0)


def test_a_link_is_drawn_for_a_phone_to_scan() -> None:
    drawn = qr_svg("https://10.0.0.5:8080/track/" + token_of(SECRET, "main-1a2b3c", "j1"))
    assert drawn.startswith("<svg ")
    assert 'style="' not in drawn
    assert len(drawn) < 6000
