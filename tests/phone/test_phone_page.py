"""The page on a customer's phone: what the link shows, what the code opens, what is decided."""

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from board.core import commands as c
from board.core.extra import AnswerMeans
from tests.phone.customers import LI, NOTE, asked, customer, did
from tests.web.front import INSTALLER, ROOT, Front

STATIC = Path(ROOT) / "static"
MOST_BYTES = 30 * 1024


def test_the_link_shows_where_the_car_is_and_no_price_photo_or_fault(front: Front) -> None:
    with customer(front, asked(front)) as me:
        assert me.look().status_code == 200
        assert "In reception" in me.html
        assert "1 question for you" in me.html
        for secret in (NOTE, "brake", "680", "26000", "/photos/", "b" * 64):
            assert secret not in me.html


def test_the_code_opens_photos_prices_and_answers(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        for shown in (NOTE, "Rear brake pads", "¥ 680.00", "/photos/" + "b" * 64):
            assert shown in me.html


def test_a_code_opens_one_page_on_one_phone(front: Front) -> None:
    """Falls over without `path=guest.path,` in `board/web/phone_guests.py`."""
    job, other = asked(front), asked(front)
    with customer(front, job) as me:
        me.lets_in()
        me.path = me.path.replace(job, other)
        with customer(front, other) as theirs:
            assert NOTE not in me.client.get(theirs.path).text
    with customer(front, job) as elsewhere:
        elsewhere.look()
        assert NOTE not in elsewhere.html


def test_an_answer_is_asked_twice_and_then_it_is_the_customers(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        assert me.presses(approved=True).status_code == 200
        assert "Is that right?" in me.html
        assert me.line == "proposed"
        assert me.says(approved=True).status_code == 303
        assert me.line == "approved"
        me.look()
        assert "agreed" in me.html
        decision = front.desk.shop.jobs[me.job].lines[0].extra.decision  # type: ignore[union-attr]
        assert decision is not None
        assert (decision.by, decision.how) == (f"customer:{me.job}", AnswerMeans.phone_page)


def test_a_refusal_is_told_in_words_for_customers(front: Front) -> None:
    """Falls over without `_TOLD_TO_CUSTOMERS` in `board/web/phone_door.py`."""
    with customer(front, asked(front)) as me:
        me.lets_in()
        did(front, c.CancelJob(job=me.job, reason="sold"))
        assert me.says(approved=True).status_code == 409
        assert "call your service advisor" in me.html
        assert "order is closed" not in me.html


def test_a_no_is_a_no(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        assert me.says(approved=False).status_code == 303
        assert me.line == "declined"
        me.look()
        assert "not this time" in me.html


def test_what_was_not_asked_yet_is_not_shown(front: Front) -> None:
    with customer(front, asked(front, asks=False)) as me:
        me.lets_in()
        assert NOTE not in me.html
        assert "question" not in me.html


def test_a_new_code_closes_what_the_old_one_opened(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as me:
        old = me.lets_in().code
        did(front, c.RenewCode(job=job), LI)
        me.look()
        assert NOTE not in me.html
        assert old != me.code
        assert me.types(old).status_code == 422
        assert me.types().status_code == 303


@pytest.mark.parametrize(("wanted", "shown"), [("zh-CN,zh;q=0.9", "zh-Hans"), ("de,en", "en")])
def test_it_speaks_the_phones_language(front: Front, wanted: str, shown: str) -> None:
    with customer(front, asked(front)) as me:
        answer = me.client.get(me.path, headers={"accept-language": wanted})
        assert f'<html lang="{shown}" ' in answer.text


def test_all_of_it_is_at_most_thirty_kilobytes_even_unpacked(front: Front) -> None:
    job = asked(front)
    for n in range(2, 6):
        did(front, c.ProposeLine(job=job, text=f"Part {n}", note="x" * 200, photos=("c" * 64,)))
        did(front, c.PriceLine(job=job, line=str(n), price=1, parts_price=1))
    did(front, c.AskCustomer(job=job))
    files = sum((STATIC / name).stat().st_size for name in ("phone.css", "phone.js", "icon.svg"))
    with customer(front, job) as me:
        me.lets_in()
        assert len(me.html.encode()) + files < MOST_BYTES
        assert len(gzip.compress(me.html.encode())) < 6000


def test_many_questions_with_many_photos_are_shown_some_at_a_time(front: Front) -> None:
    """Falls over without `at_once` in `templates/phone/questions.html`."""
    job = asked(front)
    for n in range(2, 40):
        photos = tuple(f"{n:02}{photo:062x}" for photo in range(12))
        note = "制动片磨损，" * 40
        did(front, c.ProposeLine(job=job, text=f"Part {n}", note=note, photos=photos))
        did(front, c.PriceLine(job=job, line=str(n), price=1, parts_price=1))
    did(front, c.AskCustomer(job=job))
    with customer(front, job) as me:
        seen = me.lets_in().look()
        assert seen.headers["content-encoding"] == "gzip"
        assert int(seen.headers["content-length"]) < 4000
        files = sum((STATIC / name).stat().st_size for name in ("phone.css", "phone.js"))
        assert len(me.html.encode()) + files < MOST_BYTES
        assert "39 questions for you" in me.html
        assert "38 more questions follow when these are answered." in me.html
        for left in range(38, 8, -1):
            assert me.says(approved=left % 2 == 0).status_code == 303
            me.look()
            assert f"{left} question" in me.html
            assert len(me.html.encode()) + files < MOST_BYTES


def test_it_needs_no_script_and_has_none_inside(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        assert me.html.count("<script") == 1
        assert 'src="/static/phone.js' in me.html
        assert "onclick" not in me.html
        assert 'style="' not in me.html


def test_nobody_keeps_the_page_and_nobody_finds_it(front: Front) -> None:
    with customer(front, asked(front)) as me:
        headers = me.look().headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["referrer-policy"] == "same-origin"


def test_changed_plans_are_told_as_such(front: Front) -> None:
    job = asked(front)
    soon = front.clock().replace(hour=9)
    did(front, c.PromiseJob(job=job, at=soon), LI)
    with customer(front, job) as me:
        me.look()
        assert "16:30–17:00" in me.html
        front.clock.pass_by(9 * 3600)
        me.look()
        assert "Your advisor will call you" in me.html


def test_a_time_told_anew_shows_the_old_one_struck_and_a_plain_reason(front: Front) -> None:
    job = asked(front)
    soon = front.clock().replace(hour=front.clock().hour + 2)
    for hours in (0, 1, 2):
        did(front, c.PromiseJob(job=job, at=soon + timedelta(hours=hours), reason="crash damage"))
    with customer(front, job) as me:
        me.look()
        assert me.html.count("<s>") == 1
        struck = me.html.index("</s>")
        assert me.html[struck - 11 : struck] < me.html[struck + 8 :]
        assert "The work takes longer than planned." in me.html
        assert "crash" not in me.html


def test_the_page_sets_no_cookie_before_a_code_was_typed(front: Front) -> None:
    """Falls over without `startswith(PHONE_PAGES)` in `board/web/who_asks.py`."""
    with customer(front, asked(front)) as me:
        assert "set-cookie" not in me.look().headers
        assert me.types("000000" if me.code != "000000" else "1").headers.get("set-cookie") is None
        given = me.types().headers.get_list("set-cookie")
        assert [each.partition("=")[0] for each in given] == ["baylight_phone_http"]
        assert f"Path={me.path};" in given[0]


def test_a_language_is_chosen_by_the_address_and_kept_while_answering(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.look()
        assert f'href="{me.path}?language=zh-Hans"' in me.html
        me.html = me.client.get(f"{me.path}?language=zh-Hans").text
        assert '<html lang="zh-Hans" ' in me.html
        assert f'action="{me.path}/code?language=zh-Hans"' in me.html
        sent = me.client.post(f"{me.path}/code?language=zh-Hans", data={"code": me.code})
        assert sent.headers["location"] == f"{me.path}?language=zh-Hans"
        odd = me.client.get(f"{me.path}?language=x%22%3E").text
        assert "language=x" not in odd


def test_the_advisor_is_called_where_the_shop_has_a_telephone(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as me:
        me.look()
        assert "tel:" not in me.html
        settings = replace(front.desk.shop.settings, phone="+86 (010) 5550-1234")
        did(front, c.SetUpShop(settings=settings), INSTALLER)
        me.look()
        assert 'href="tel:+8601055501234"' in me.html


def test_without_a_script_it_is_loaded_anew_each_minute(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.look()
        refresh = f'<noscript><meta http-equiv="refresh" content="60;url={me.path}"></noscript>'
        assert refresh in me.html
