"""Programs and sessions read of a job what their role sees on its pages, and no more."""

import json

import pytest

from board.codec import event_to_entry
from board.core import commands as c
from board.core.roles import Actor, Role
from board.journal import Entry
from board.web.event_feed import entry_json
from board.web.job_json import job_json
from tests.builders import ANNA, CARL, EVERY_ROLE, INES, MONA, NOW, PIA, TOM, WILLY, Trial
from tests.core.handed_over import CASS, made_ready, paid, ticked, with_pass
from tests.web.front import Front

LEO, CLERK = EVERY_ROLE[Role.team_leader], EVERY_ROLE[Role.warranty_clerk]
PHONE, AMOUNT, CODE, DRAWN = "13800134827", "92050", "ABC234", "10,20 30,40"
TOLD: list[tuple[Actor, set[str]]] = [
    (ANNA, {PHONE, AMOUNT, CODE, DRAWN}),
    (CASS, {PHONE, AMOUNT, CODE, DRAWN}),
    (MONA, {PHONE, AMOUNT, CODE, DRAWN}),
    (CARL, {PHONE, AMOUNT, DRAWN}),
    (CLERK, {PHONE, DRAWN}),
    (LEO, {AMOUNT, DRAWN}),
    (PIA, {AMOUNT}),
    (INES, set()),
    (TOM, set()),
    (WILLY, set()),
]
BY_ROLE = pytest.mark.parametrize(("actor", "told"), TOLD, ids=lambda one: getattr(one, "id", ""))


@pytest.fixture(scope="module")
def handed() -> Trial:
    """A car that was priced, signed for, settled and paid, with its gate pass."""
    trial = paid(made_ready(labour=920_50), 920_50)
    trial.do(c.SignOrder(job="j1", strokes=DRAWN, signer="Lena Song"), ANNA)
    return with_pass(ticked(trial))


def said(answer: object) -> set[str]:
    """Which of the values that not everybody is told stand in an answer."""
    text = json.dumps(answer)
    return {value for value in (PHONE, AMOUNT, CODE, DRAWN) if value in text}


@BY_ROLE
def test_a_job_is_told_as_far_as_the_role_sees_it(
    handed: Trial, actor: Actor, told: set[str]
) -> None:
    """Falls over without `told(Job, _fields(bare), actor)` in `board/web/job_json.py`."""
    answer = job_json(handed.job(), handed.shop, handed.now, actor)
    # The drawing is in the history alone, whoever asks.
    assert said(answer) == told - {DRAWN}
    assert {"id", "state", "lines", "hold", "promise", "version"} <= answer.keys()


@BY_ROLE
def test_its_history_is_told_so_too(handed: Trial, actor: Actor, told: set[str]) -> None:
    """Falls over without `told(` in `board/web/event_feed.py`."""
    answer = [
        entry_json(Entry(fact.seq, NOW, fact.by, "c", "j1", *event_to_entry(fact.event), ""), actor)
        for fact in handed.facts
    ]
    assert said(answer) == told


def test_nothing_else_is_kept_from_anybody(handed: Trial) -> None:
    answers = [job_json(handed.job(), handed.shop, handed.now, who) for who in (ANNA, WILLY)]
    assert answers[0].keys() == answers[1].keys()
    assert answers[1]["car"] == answers[0]["car"]
    assert answers[1]["customer"] == {"name": "Lena Song"}


def test_an_event_that_nobody_knows_is_for_those_who_are_told_everything() -> None:
    entry = Entry(1, NOW, "person:anna", "c", "j1", "from_the_future", 1, {"price": 1}, "")
    assert [entry_json(entry, who)["body"] for who in (ANNA, WILLY)] == [{"price": 1}, {}]


def test_the_doors_ask_who_reads(front: Front) -> None:
    """Falls over without `actor` in `board/web/state_api.py`."""
    with front.as_person("li") as li:
        car, customer = {"plate": "京A12345"}, {"name": "Lena", "phone": PHONE}
        body = {"car": car, "customer": customer}
        job = li.post("/api/v1/commands/receive_job", json=body).json()["job"]
    paths = ("/api/v1/board", f"/api/v1/jobs/{job}", "/api/v1/events")
    for person, is_told in (("li", True), ("wang", False)):
        with front.as_person(person) as reader:
            answers = [reader.get(path).text for path in paths]
        assert [PHONE in text for text in answers] == [is_told] * 3
    with front.as_person("wang") as wang:
        wrong = {"job": job, "to": "working", "version": 99}
        refused = wang.post("/api/v1/commands/move_job", json=wrong)
    assert (refused.status_code, "current" in refused.json()) == (409, True)
    assert PHONE not in refused.text
