"""Commands from programs and from our own forms: what is done, refused, and said about it."""

import dataclasses

import pytest

from board.accounts_sessions import token_hash
from board.core.roles import Role
from board.web.commands import OFFERED
from tests.web.front import Front

CAR = {"car": {"plate": "京A12345"}}


def test_a_program_receives_a_car(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        answer = program.post("/api/v1/commands/receive_job", json=CAR)
    body = answer.json()
    assert answer.status_code == 200
    assert body["seq"] == front.desk.shop.seq
    assert front.desk.shop.jobs[body["job"]].car.plate == "京A12345"
    assert front.journal.read("shop-1", body["seq"] - 1)[0].actor.startswith("token:")


def test_the_same_key_twice_does_it_once(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        program.headers["idempotency-key"] = "order-1"
        first = program.post("/api/v1/commands/receive_job", json=CAR)
        again = program.post("/api/v1/commands/receive_job", json=CAR)
    assert first.json() == again.json()
    assert list(front.desk.shop.jobs) == [again.json()["job"]]


def test_the_same_key_for_something_else_is_refused(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        program.headers["idempotency-key"] = "order-1"
        job = program.post("/api/v1/commands/receive_job", json=CAR).json()["job"]
        seq = front.desk.shop.seq
        other_car = {"car": {"plate": "京B12345"}}
        for name, body in (("receive_job", other_car), ("cancel_job", {"job": job})):
            answer = program.post(f"/api/v1/commands/{name}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (422, "key_used")
        same = {"car": {"plate": "京A12345"}, "flags": []}
        assert program.post("/api/v1/commands/receive_job", json=same).json()["job"] == job
    assert front.desk.shop.seq == seq


def test_two_askers_may_use_the_same_key(front: Front) -> None:
    with front.as_program(Role.advisor) as one, front.as_program(Role.advisor) as other:
        for program in (one, other):
            program.headers["idempotency-key"] = "order-1"
        other_car = {"car": {"plate": "京B12345"}}
        assert one.post("/api/v1/commands/receive_job", json=CAR).status_code == 200
        assert other.post("/api/v1/commands/receive_job", json=other_car).status_code == 200
    assert len(front.desk.shop.jobs) == 2


def test_nobody_is_turned_away(front: Front) -> None:
    with front.browser() as nobody:
        answer = nobody.post("/api/v1/commands/receive_job", json=CAR)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert nobody.post("/do/receive_job", data={"car.plate": "京A12345"}).status_code == 401


def test_a_wrong_key_is_turned_away(front: Front) -> None:
    with front.browser() as nobody:
        nobody.headers["authorization"] = "Bearer bl_wrong"
        assert nobody.post("/api/v1/commands/receive_job", json=CAR).status_code == 401


def test_a_role_that_may_not_is_told_so(front: Front) -> None:
    with front.as_program(Role.washer) as program:
        answer = program.post("/api/v1/commands/receive_job", json=CAR)
    assert answer.status_code == 403
    assert answer.json() == {"code": "not_allowed", "message": "Your role does not allow this."}


def test_an_unknown_job_is_not_found(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        body = {"job": "nothing", "to": "ready"}
        answer = program.post("/api/v1/commands/move_job", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_job")


def test_an_unknown_command_is_not_found(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        answer = program.post("/api/v1/commands/sell_job", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_command")


def test_notes_of_access_cannot_be_forged(front: Front) -> None:
    with front.as_program(Role.manager) as program:
        body = {"what": "pin_set", "subject": "chen"}
        assert program.post("/api/v1/commands/note_access", json=body).status_code == 404


def test_a_refusal_carries_the_job_as_it_is(front: Front) -> None:
    job = front.receive()
    with front.as_program(Role.advisor) as program:
        body = {"job": job, "to": "awaiting_dispatch", "version": 99}
        answer = program.post("/api/v1/commands/move_job", json=body)
        seen = program.get(f"/api/v1/jobs/{job}").json()["job"]
    assert answer.status_code == 409
    assert answer.json()["code"] == "stale"
    assert answer.json()["current"] == seen


def test_a_refusal_is_told_in_the_language_of_who_asks(front: Front) -> None:
    job = front.receive()
    with front.as_program(Role.advisor, Role.manager) as program:
        body = {"job": job, "to": "ready"}
        answer = program.post("/api/v1/commands/move_job", json=body)
    assert answer.json()["message"] == "A job in “Reception check” cannot go to “Ready”."


def test_a_wrong_plate_is_explained_at_its_field(front: Front) -> None:
    with front.as_program(Role.advisor) as program:
        answer = program.post("/api/v1/commands/receive_job", json={"car": {"plate": "京A1234"}})
    body = answer.json()
    assert answer.status_code == 409
    assert body["code"] == "plate_wrong"
    assert "6 characters" in body["message"]
    assert "car.plate" in body["fields"]


def test_a_person_needs_the_token_of_the_session(front: Front) -> None:
    with front.as_person("li") as li:
        del li.headers["x-csrf-token"]
        answer = li.post("/api/v1/commands/receive_job", json=CAR)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_wrong")
        assert li.post("/do/receive_job", data={"car.plate": "京A12345"}).status_code == 403


def test_a_form_receives_a_car(front: Front) -> None:
    with front.as_person("li") as li:
        fields = {
            "car.plate": "京A12345",
            "car.mileage": "42000",
            "customer.name": "",
            "flags": ["waiting", "vip"],
            "checked_in": "on",
            "promise": "10:30",
        }
        answer = li.post("/do/receive_job", data=fields)
    assert answer.status_code == 204
    assert answer.headers["x-board-seq"] == str(front.desk.shop.seq)
    job = front.desk.shop.jobs[answer.headers["x-board-job"]]
    assert (job.car.mileage, len(job.flags)) == (42000, 2)
    assert job.promise is not None
    assert job.promise.at.isoformat() == "2026-11-21T02:30:00+00:00", "10:30 in Shanghai"


def test_one_value_is_enough_where_several_may_stand(front: Front) -> None:
    job = front.receive()
    with front.as_person("lin") as lin:
        with front.as_person("li") as li:
            assert li.post("/do/move-job", data={"job": job, "to": "awaiting_dispatch"}).is_success
        fields = {"job": job, "bay": "bay-3", "technicians": "wang"}
        assert lin.post("/do/dispatch_job", data=fields).status_code == 204
    assert front.desk.shop.jobs[job].technicians == ("wang",)


def test_a_form_refused_gets_one_sentence_and_its_fields(front: Front) -> None:
    job = front.receive()
    with front.as_person("lin") as lin:
        answer = lin.post("/do/dispatch_job", data={"job": job, "bay": "bay-99"})
    assert answer.status_code == 404
    assert 'data-code="unknown_bay"' in answer.text
    assert 'data-fields="bay"' in answer.text
    assert "There is no bay bay-99." in answer.text


def test_what_a_person_typed_comes_back_without_its_markup(front: Front) -> None:
    job = front.receive()
    with front.as_person("lin") as lin:
        answer = lin.post("/do/dispatch_job", data={"job": job, "bay": "<script>x</script>"})
    assert "<script>" not in answer.text


def test_a_form_sent_twice_is_done_once(front: Front) -> None:
    with front.as_person("li") as li:
        fields = {"car.plate": "京A12345", "command_id": "form-1"}
        first = li.post("/do/receive_job", data=fields)
        again = li.post("/do/receive_job", data=fields)
    for told in ("x-board-seq", "x-board-job"):
        assert first.headers[told] == again.headers[told]
    assert len(front.desk.shop.jobs) == 1


def test_a_person_may_not_ask_without_end(front: Front) -> None:
    with front.as_person("li") as li:
        assert li.post("/do/move_job", data={"job": "none"}).status_code == 422
        session = token_hash(li.cookies["baylight_session_http"])
        while not front.doors.limits.person.take(session, front.clock().timestamp()):
            pass
        answer = li.post("/do/move_job", data={"job": "none"})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_who_loses_a_role_is_signed_out(front: Front) -> None:
    with front.as_person("wang") as wang, front.as_person("chen") as chen:
        assert wang.get("/who").json()["person"] == "wang"
        body = {"person": {"id": "wang", "name": "Wang", "roles": ["washer"]}}
        assert chen.post("/api/v1/commands/set_up_person", json=body).status_code == 200
        assert wang.get("/who").json()["person"] is None
        assert chen.get("/who").json()["person"] == "chen"


def test_who_leaves_is_signed_out(front: Front) -> None:
    with front.as_person("wang") as wang, front.as_person("chen") as chen:
        assert chen.post("/api/v1/commands/remove_person", json={"person": "wang"}).is_success
        assert wang.get("/who").json()["person"] is None


def _needs_something(name: str) -> bool:
    """Opening the day, or stopping one's own clock off the cars, say all by their name."""
    required = (dataclasses.MISSING, dataclasses.MISSING)
    parts = dataclasses.fields(OFFERED[name])
    return any((part.default, part.default_factory) == required for part in parts)


@pytest.mark.parametrize("name", sorted(filter(_needs_something, OFFERED)))
def test_every_command_answers_an_empty_body_in_words(steady: Front, name: str) -> None:
    with steady.as_program(Role.manager) as program:
        answer = program.post(f"/api/v1/commands/{name}", json={})
    assert answer.status_code == 422
    assert answer.json()["fields"]
