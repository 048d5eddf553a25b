"""Whatever a request carries, the answer is a status and a sentence, never a traceback."""

import json

import pytest

from board.core.roles import Role
from tests.web.front import Front, until

BODIES = {
    "nothing but text": b"hello",
    "half an object": b'{"car": {',
    "a list": b"[]",
    "null": b"null",
    "not a number": b'{"car": {"plate": "x", "mileage": NaN}}',
    "infinity": b'{"car": {"plate": "x", "mileage": Infinity}}',
    "a number without end": b'{"car": {"plate": "x", "mileage": ' + b"9" * 5000 + b"}}",
    "a number too great": b'{"car": {"plate": "x", "mileage": 1e400}}',
    "the wrong type": b'{"car": "x"}',
    "text for a number": b'{"car": {"plate": "x", "mileage": "far"}}',
    "a field nobody knows": b'{"car": {"plate": "x"}, "price": 1}',
    "an inner field nobody knows": b'{"car": {"plate": "x", "__class__": "y"}}',
    "a key given twice": b'{"asked": "a", "asked": "b", "car": {"plate": "x"}}',
    "half a character": b'{"asked": "\xe4\xb8", "car": {"plate": "x"}}',
    "half a surrogate pair": b'{"asked": "\\ud800", "car": {"plate": "x"}}',
    "a NUL": b'{"asked": "\\u0000", "car": {"plate": "x"}}',
    "too deep": b'{"car":' * 40 + b"1" + b"}" * 40,
    "deep enough to end a parser": b"[" * 60000,
    "a flag nobody knows": b'{"car": {"plate": "x"}, "flags": ["shiny"]}',
    "a time without zone": b'{"car": {"plate": "x"}, "promise": "2026-11-21T10:00:00"}',
    "no time": b'{"car": {"plate": "x"}, "promise": "soon"}',
    "an id of another kind": b'{"job": "../x", "car": {"plate": "x"}}',
    "an id that is a number": b'{"job": 7, "car": {"plate": "x"}}',
    "a byte order mark": b'\xef\xbb\xbf{"car": {"plate": "x"}}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_malformed_command_is_422_with_a_sentence(steady: Front, body: bytes) -> None:
    with steady.as_program(Role.advisor) as program:
        headers = {"content-type": "application/json"}
        answer = program.post("/api/v1/commands/receive_job", content=body, headers=headers)
    said = answer.json()
    assert answer.status_code == 422, said
    assert said["message"].endswith(".")
    assert "Traceback" not in answer.text
    assert steady.desk.shop.jobs == {}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"car.plate=%ff%fe", "application/x-www-form-urlencoded"),
        ("car.plate=京A".encode(), "application/x-www-form-urlencoded"),
        (b"car=1&car.plate=2", "application/x-www-form-urlencoded"),
        (b"car.plate=1&car=2", "application/x-www-form-urlencoded"),
        (b"a.b.c.d.e.f.g=1", "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % n for n in range(300)), "application/x-www-form-urlencoded"),
        (b"car.plate=x&car.mileage=far", "application/x-www-form-urlencoded"),
        (b"car.plate=x&promise=25:99", "application/x-www-form-urlencoded"),
        (b"car.plate=a&car.plate=b", "application/x-www-form-urlencoded"),
        (b"car.plate=%00", "application/x-www-form-urlencoded"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"<xml/>", "text/xml"),
    ],
)
def test_a_malformed_form_is_422_with_a_sentence(steady: Front, content: bytes, kind: str) -> None:
    with steady.as_person("li") as li:
        answer = li.post("/do/receive_job", content=content, headers={"content-type": kind})
    assert answer.status_code == 422, answer.text
    assert 'class="refusal"' in answer.text
    assert steady.desk.shop.jobs == {}


@pytest.mark.parametrize("key", ["", "two words", "x" * 200, "line\tbreak", "é"])
def test_an_odd_key_is_refused_or_left_out(front: Front, key: str) -> None:
    with front.as_program(Role.advisor) as program:
        headers = {b"idempotency-key": key.encode()}
        body = {"car": {"plate": "京A12345"}}
        answer = program.post("/api/v1/commands/receive_job", json=body, headers=headers)
    assert answer.status_code == (422 if key.strip() else 200)


@pytest.mark.parametrize(
    "far", ["0001-01-01T00:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00:00+14:00"]
)
def test_a_time_at_the_end_of_time_is_refused_in_words(front: Front, far: str) -> None:
    car = {"car.plate": "京A12345", "promise": far}
    with front.as_person("li") as li:
        by_form = li.post("/do/receive_job", data=car)
    with front.as_program(Role.advisor) as program:
        body = {"car": {"plate": "京A12345"}, "promise": far}
        by_program = program.post("/api/v1/commands/receive_job", json=body)
    assert {by_form.status_code, by_program.status_code} <= {409, 422}, by_form.text
    assert 'class="refusal"' in by_form.text
    assert by_program.json()["message"].endswith(".")


@pytest.mark.parametrize("far", ["0001-01-01T00:00", "9999-12-31T23:59-12:00"])
def test_a_work_start_at_the_end_of_time_too(front: Front, far: str) -> None:
    job = front.receive()
    with front.as_person("lin") as lin:
        fields = {"job": job, "bay": "bay-3", "technicians": "wang", "start_at": far}
        answer = lin.post("/do/dispatch_job", data=fields)
    assert answer.status_code in (409, 422), answer.text


def test_a_body_announced_as_too_long_is_not_read(steady: Front) -> None:
    with steady.as_program(Role.advisor) as program:
        body = json.dumps({"asked": "x" * 70_000}).encode()
        answer = program.post("/api/v1/commands/receive_job", content=body)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_that_grows_while_it_streams_is_cut_off(steady: Front) -> None:
    with steady.as_program(Role.advisor) as program:
        headers = {"content-type": "application/json"}
        stream = (b"x" * 8192 for _ in range(20))
        answer = program.post("/api/v1/commands/receive_job", content=stream, headers=headers)
    assert answer.status_code == 413


def test_an_unknown_path_and_method_say_so(steady: Front) -> None:
    with steady.browser() as client:
        missing, wrong = client.get("/api/v1/nothing"), client.delete("/api/v1/board")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "wrong_method")


def test_a_defect_is_a_calm_sentence(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    with front.browser() as client:
        answer = client.get("/breaks", headers={"accept": "application/json"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "defect"
    assert "told to nobody" not in answer.text
    until(lambda: "ZeroDivisionError" in caplog.text)
