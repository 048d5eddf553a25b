"""Answers on phone pages that are not the customer's: of other jobs, old pages, other sites."""

from collections.abc import Iterator

import pytest

from board.core import commands as c
from board.core.roles import Actor, Role
from board.database import open_database
from tests.phone.customers import asked, customer, did
from tests.web.front import SHOP, Front

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A shop in which every attack has a car of its own."""
    file = tmp_path_factory.mktemp("phones") / "shop.db"
    open_database(f"sqlite:///{file}").dispose()
    shop = Front(file).start()
    yield shop
    shop.stop()


def test_a_line_of_another_job_is_not_decided_here(front: Front) -> None:
    job, other = asked(front), asked(front)
    did(front, c.ProposeLine(job=other, text="Tyres"))
    did(front, c.PriceLine(job=other, line="2", price=1, parts_price=1))
    did(front, c.AskCustomer(job=other))
    with customer(front, job) as me:
        me.lets_in()
        sent = me.says(approved=True, line="2", price="1", parts_price="1", job=other)
        assert sent.status_code == 409
        jobs = front.desk.shop.jobs
        assert [line.state.value for line in jobs[other].lines] == ["proposed", "proposed"]
        assert me.line == "proposed"


def test_what_is_written_in_a_note_is_text(front: Front) -> None:
    with customer(front, asked(front, text=SCRIPT[:60], note=SCRIPT)) as me:
        me.lets_in()
        assert "&lt;script&gt;alert(1)" in me.html
        assert "<script>alert" not in me.html
        assert "<img src=x" not in me.html
        me.presses(approved=True)
        assert "<script>alert" not in me.html


def test_approved_twice_is_approved_once(front: Front) -> None:
    job = asked(front)
    with customer(front, job) as me:
        page = me.lets_in().html
        for _ in range(3):
            me.html = page
            assert me.says(approved=True).status_code == 303
        kinds = [entry.kind for entry in front.journal.history(SHOP, job)]
        assert kinds.count("line_decided") == 1
        me.html = page
        assert me.says(approved=False).status_code == 409
        assert me.line == "approved"


def test_an_old_page_does_not_agree_to_a_new_price(front: Front) -> None:
    """Falls over without `if _told_otherwise(command, line):` in
    `board/core/rules/extra_answers.py`.
    """
    job = asked(front)
    with customer(front, job) as me:
        page = me.lets_in().html
        did(front, c.PriceLine(job=job, line="1", price=999_00))
        assert me.says(approved=True).status_code == 409
        did(front, c.AskCustomer(job=job))
        me.html = page
        assert me.says(approved=True).status_code == 409
        assert "has changed" in me.html
        assert me.line == "proposed"
        me.look()
        assert me.says(approved=True).status_code == 303


@pytest.mark.parametrize(
    "odd",
    [
        {"price": "-1"},
        {"price": "1e9"},
        {"price": "٣"},
        {"price": "9" * 30},
        {"approved": "perhaps"},
        {"price": ""},
    ],
)
def test_odd_answers_are_refused_as_such(front: Front, odd: dict[str, str]) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        fields = {"line": "1", "price": "26000", "parts_price": "42000", "approved": "true", **odd}
        sent = me.client.post(f"{me.path}/answer", data={**fields, "sure": "yes"})
        assert sent.status_code == 422
        assert me.line == "proposed"


def test_another_sites_form_is_refused(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        page = me.html
        for origin in ("https://evil.example", "null"):
            me.html, me.client.headers["origin"] = page, origin
            assert me.says(approved=True).status_code == 403
        assert me.line == "proposed"


def test_a_customer_is_nobody_at_every_other_door(front: Front) -> None:
    with customer(front, asked(front)) as me:
        me.lets_in()
        assert me.client.get("/api/v1/board").status_code == 401
        sent = me.client.post(f"/do/decide_line?token={me.path[7:]}", data={"job": me.job})
        assert sent.status_code in (401, 403)


def test_a_customer_asks_for_nothing_but_an_answer(front: Front) -> None:
    job = asked(front)
    lena = Actor("customer", job, "", frozenset({Role.customer}), "phone")
    for command in (
        c.PriceLine(job=job, line="1", price=1),
        c.AskCustomer(job=job),
        c.RenewCode(job=job),
        c.RenewLink(job=job),
        c.KeepPromise(job=job),
        c.ProposeLine(job=job, text="gold"),
    ):
        answer = front.do(front.desk.handle(command, lena))
        assert getattr(answer, "code", "") == "not_allowed"
