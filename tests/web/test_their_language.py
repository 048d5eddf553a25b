"""Whatever is refused, and however early, is said in the language and words of who asks."""

import pytest

from tests.web.front import Front

CHINESE = {"accept-language": "zh-CN,zh;q=0.9"}


def test_a_body_too_long_is_refused_in_the_browsers_language(steady: Front) -> None:
    with steady.browser() as client:
        answer = client.post("/sign-in/pin", data={"pin": "1" * 70_000}, headers=CHINESE)
    assert answer.status_code == 413
    assert 'class="refusal"' in answer.text
    assert "内容太大。" in answer.text


def test_a_foreign_page_is_refused_in_the_browsers_language(steady: Front) -> None:
    headers = {**CHINESE, "origin": "https://evil.example"}
    with steady.browser() as client:
        answer = client.post("/sign-in/pin", data={"pin": "1"}, headers=headers)
        chosen = client.post(
            "/sign-in/pin", headers={**headers, "cookie": "baylight_language_http=en"}
        )
    assert (answer.status_code, chosen.status_code) == (403, 403)
    assert "请求来自其他网站，已拒绝。" in answer.text
    assert "This request came from another site" in chosen.text


def test_a_program_too(steady: Front) -> None:
    with steady.browser() as client:
        answer = client.post("/api/v1/commands/move_job", content=b"x" * 70_000, headers=CHINESE)
    assert answer.json() == {"code": "too_large", "message": "内容太大。"}


@pytest.mark.parametrize(
    ("name", "fields", "sentence"),
    [
        ("receive_job", {"car.plate": "x", "car.mileage": "far"}, "Mileage: this is not a number."),
        ("receive_job", {"car.model": "x"}, "Plate: this is needed."),
        ("receive_job", {"car.plate": "x", "promise": "soon"}, "Promise for: this is not a time."),
        ("receive_job", {"car.plate": "x", "flags": "shiny"}, "Flags: this is not possible."),
        ("receive_job", {"car.plate": "x", "price": "1"}, "There is no field price."),
        (
            "start_road_test",
            {"job": "j", "km": "far"},
            "Kilometres on the clock: this is not a number.",
        ),
        ("add_line", {"job": "j", "text": "x", "price": "dear"}, "Labour: this is not a number."),
        ("pay_job", {"job": "j", "means": "cash", "amount": "1e3"}, "Amount: this is not"),
    ],
)
def test_a_malformed_field_is_named_as_its_page_names_it(
    steady: Front, name: str, fields: dict[str, str], sentence: str
) -> None:
    with steady.as_person("li") as li:
        answer = li.post(f"/do/{name}", data=fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_programs_hear_it_for_each_field(steady: Front) -> None:
    with steady.as_person("li") as li:
        body = {"car": {"plate": "x"}, "price": 1, "colour": 2}
        answer = li.post("/api/v1/commands/receive_job", json=body)
    assert answer.json() == {
        "code": "unknown_field",
        "message": "There is no field price.",
        "fields": {"price": "There is no field price.", "colour": "There is no field colour."},
    }
