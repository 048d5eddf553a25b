"""What programs read: the board, one job, the events, the description, the health."""

import pytest

from board.codec import COMMANDS
from board.core.roles import Role
from board.web.commands import OFFERED
from tests.web.front import Front


def test_the_board_is_told_with_its_position(front: Front) -> None:
    job = front.receive()
    with front.as_program(Role.advisor) as program:
        board = program.get("/api/v1/board").json()
    assert (board["epoch"], board["seq"]) == (front.desk.epoch, front.desk.shop.seq)
    assert [one["id"] for one in board["jobs"]] == [job]
    assert board["jobs"][0]["lane"] == "reception"
    assert board["bays"][0]["condition"] == "free"
    assert [one["id"] for one in board["technicians"]] == ["wang"]


def test_staff_may_read_it_in_the_browser(front: Front) -> None:
    with front.as_person("li") as li:
        assert li.get("/api/v1/board").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/board", "/api/v1/jobs/x", "/api/v1/events"])
def test_strangers_read_nothing(steady: Front, path: str) -> None:
    with steady.browser() as nobody:
        assert nobody.get(path).status_code == 401


def test_a_job_comes_with_its_history(front: Front) -> None:
    job = front.receive()
    with front.as_program(Role.advisor) as program:
        body = {"job": job, "to": "awaiting_dispatch"}
        assert program.post("/api/v1/commands/move_job", json=body).status_code == 200
        told = program.get(f"/api/v1/jobs/{job}").json()
        missing = program.get("/api/v1/jobs/nothing")
    assert told["job"]["state"] == "awaiting_dispatch"
    kinds = [entry["kind"] for entry in told["history"]]
    assert kinds[0] == "job_opened"
    assert "job_moved" in kinds
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_job")


def test_open_help_calls_are_told_with_who_and_how_far(front: Front) -> None:
    with front.as_program(Role.technician) as caller, front.as_program(Role.parts) as parts:
        body = {"kind": "parts", "bay": "bay-3"}
        assert caller.post("/api/v1/commands/call_help", json=body).status_code == 200
        (call,) = caller.get("/api/v1/board").json()["calls"]
        assert (call["kind"], call["bay"], call["job"]) == ("parts", "bay-3", None)
        assert call["told_at"] == "bay-3"
        assert call["step"] == "open"
        assert (call["answered"], call["escalated"]) == (None, [])
        body = {"call": call["id"]}
        assert caller.post("/api/v1/commands/answer_call", json=body).status_code == 403
        assert parts.post("/api/v1/commands/answer_call", json=body).status_code == 200
        (call,) = parts.get("/api/v1/board").json()["calls"]
        assert call["step"] == "answered"
        assert call["answered"]["by"].startswith("token:")
        assert parts.post("/api/v1/commands/close_call", json=body).status_code == 200
        assert parts.get("/api/v1/board").json()["calls"] == []


def test_what_is_inside_stays_inside(front: Front) -> None:
    job = front.receive()
    with front.as_program(Role.advisor) as program:
        told = program.get(f"/api/v1/jobs/{job}").json()["job"]
    assert "last" not in told


def test_the_events_come_in_order_and_in_pages(front: Front) -> None:
    front.receive()
    with front.as_program(Role.advisor) as program:
        seen: list[int] = []
        after = 0
        while page := program.get("/api/v1/events", params={"after": after, "limit": 3}).json():
            seen += [event["seq"] for event in page["events"]]
            after = page["seq"]
            if not page["events"]:
                break
    assert seen == list(range(1, front.desk.shop.seq + 1))
    assert page["head"] == front.desk.shop.seq


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=1e3", "after=" + "9" * 30])
def test_an_odd_position_is_refused(steady: Front, query: str) -> None:
    with steady.as_program(Role.advisor) as program:
        answer = program.get(f"/api/v1/events?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "limit_wrong")


def test_a_revoked_key_reads_nothing_within_a_second(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        assert program.get("/api/v1/board").status_code == 200
        token = front.accounts.tokens.of_shop("shop-1")[0]
        assert front.accounts.tokens.revoke("shop-1", token.id)
        front.access.forget()
        assert program.get("/api/v1/board").status_code == 401


def test_the_description_has_every_command_that_is_offered(steady: Front) -> None:
    with steady.browser() as client:
        told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told["info"]["version"] == "1.2.3"
    described = {path.rsplit("/", 1)[1] for path in told["paths"] if "/commands/" in path}
    assert described == set(OFFERED)
    inside = {"note_access", "report_bay", "ask_about_bay", "mark_no_show", "forget_job"}
    assert inside <= set(COMMANDS) - described
    assert {"Car", "Customer", "Error"} <= set(told["components"]["schemas"])


def test_every_reference_of_the_description_leads_somewhere(steady: Front) -> None:
    with steady.browser() as client:
        told = client.get("/openapi.json").json()
    wanted = {ref.rsplit("/", 1)[1] for ref in _references(told)}
    assert wanted <= set(told["components"]["schemas"])


def _references(value: object) -> list[str]:
    if isinstance(value, dict):
        inner = [ref for one in value.values() for ref in _references(one)]
        return [*inner, *([value["$ref"]] if isinstance(value.get("$ref"), str) else [])]
    return [ref for one in value for ref in _references(one)] if isinstance(value, list) else []


def test_the_process_says_that_it_lives_and_can_write(steady: Front) -> None:
    with steady.browser() as client:
        assert client.get("/healthz").json() == {"status": "lives"}
        assert client.get("/readyz").json() == {"status": "ready", "degraded": {}}


def test_what_is_degraded_is_named(front: Front) -> None:
    front.degraded["redis"] = "not reached"
    with front.browser() as client:
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["degraded"] == {"redis": "not reached"}


def test_the_figures_count_commands_and_the_journal(front: Front) -> None:
    front.receive()
    with front.browser() as client:
        text = client.get("/metrics").text
    assert 'baylight_commands_total{name="receive_job",result="granted"}' in text
    assert f"baylight_journal_seq {float(front.desk.shop.seq)}" in text
