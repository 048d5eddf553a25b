"""Strangers at the customers' phone pages: links, codes and cookies."""

from collections.abc import Iterator

import httpx
import pytest

from board.accounts_tries import TryLimit
from board.core import commands as c
from board.database import open_database
from board.phone_links import token_of
from board.web.access_log import masked
from board.web.limits import Limits, RateLimit
from tests.phone.customers import LI, asked, customer, did
from tests.web.front import SHOP, Front

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A shop of its own for every attack: limits are counted anew, and soon reached."""
    file = tmp_path_factory.mktemp("phones") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    few = Limits(phone_link=RateLimit(10, 60), phone_codes=TryLimit(12, 900))
    shop = Front(file, limits=few).start()
    yield shop
    shop.stop()


def test_links_that_do_not_work_all_look_the_same(front: Front) -> None:
    job = asked(front)
    right = token_of(front.doors.phone_secret, SHOP, job)
    wrong = [
        "x",
        right[:-1] + ("a" if right[-1] != "a" else "b"),
        right.replace(job, "nobody"),
        token_of(front.doors.phone_secret, SHOP, "nobody"),
        token_of(front.doors.phone_secret, "other", job),
        token_of(b"another secret", SHOP, job),
        right.replace(SHOP, "other"),
    ]
    with front.browser() as stranger:
        answers = [stranger.get(f"/track/{token}") for token in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_guessing_links_is_slowed_and_a_right_one_still_opens(front: Front) -> None:
    """Falls over without `not_too_often(doors, doors.limits.phone_link, address(request.scope))` in
    `board/web/phone_guests.py`.
    """
    with customer(front, asked(front)) as me:
        statuses = {me.client.get(f"/track/main.j{n}.{'a' * 32}").status_code for n in range(12)}
        assert statuses == {404, 429}
        assert me.look().status_code == 200


def test_a_link_is_dead_72_hours_after_delivery(front: Front) -> None:
    job = asked(front)
    did(front, c.CancelJob(job=job, reason="sold"), LI)
    with customer(front, job) as me:
        front.clock.pass_by(71 * 3600)
        assert me.look().status_code == 200
        front.clock.pass_by(3601)
        assert me.look().status_code == 404
        assert me.client.get(f"{me.path}/news").status_code == 404


def test_a_link_that_a_customer_wants_gone_is_gone_at_once(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as old:
        assert old.look().status_code == 200
        did(front, c.RenewLink(job=job), LI)
        assert old.look().status_code == 404
    with customer(front, job) as me:
        assert me.look().status_code == 200


def test_a_closed_order_decides_nothing(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as me:
        me.lets_in()
        did(front, c.CancelJob(job=job, reason="sold"), LI)
        assert me.says(approved=True).status_code == 409
        assert me.line == "proposed"


def test_a_code_is_tried_five_times_in_a_quarter_of_an_hour(front: Front) -> None:
    """Falls over without `doors.limits.phone_code,` in `board/web/phone_guests.py`."""
    with customer(front, asked(front)) as me:
        me.look()
        wrong = [f"{n:06}" for n in range(1, 8) if f"{n:06}" != me.code][:6]
        statuses = [me.types(code).status_code for code in wrong]
        assert statuses == [422] * 5 + [429]
        assert me.types().status_code == 429
        front.clock.pass_by(901)
        assert me.types().status_code == 303


def test_one_address_does_not_try_the_codes_of_everybody(front: Front) -> None:
    """Falls over without `doors.limits.phone_codes,` in `board/web/phone_guests.py`."""
    statuses = []
    for _ in range(3):
        with customer(front, asked(front)) as me:
            me.look()
            wrong = "000000" if me.code != "000000" else "000001"
            statuses += [me.types(wrong).status_code for _ in range(5)]
    assert statuses.count(422) == 12
    assert statuses[-1] == 429


def test_locked_out_by_a_stranger_the_advisor_gives_a_new_code(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as me:
        me.look()
        wrong = "000000" if me.code != "000000" else "000001"
        for _ in range(6):
            me.types(wrong)
        did(front, c.RenewCode(job=job), LI)
        assert me.types().status_code == 303


def test_without_the_code_nothing_is_decided_and_no_photo_is_shown(front: Front) -> None:
    """Falls over without `if not guest.opened:` in `board/web/phone_door.py`."""
    job = asked(front)
    with customer(front, job) as known, customer(front, job) as me:
        known.lets_in()
        me.look()
        me.html = known.html
        assert me.says(approved=True).status_code == 403
        assert me.client.get(f"{me.path}/photos/{'b' * 64}").status_code == 404
        assert me.line == "proposed"


def test_a_cookie_of_ones_own_making_opens_nothing(front: Front) -> None:
    with customer(front, asked(front)) as me:
        for made in ("", "a" * 32, "\u00fc" * 8, me.path[-32:]):
            cookie = (b"cookie", f"baylight_phone_http={made}".encode())
            answer = httpx.get(front.url + me.path, headers=[cookie])
            assert answer.status_code == 200
            assert "brake" not in answer.text


def test_links_are_not_told_to_logs() -> None:
    line = "GET /track/main.j1.abcdef/photos/xyz?small HTTP/1.1"
    assert masked(line) == "GET /track/***?small HTTP/1.1"
