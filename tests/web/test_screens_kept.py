"""A screen that shows its own code: approved at a desk, collected by itself, set anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time

import httpx
import pytest

from board.accounts_credentials import CredentialKind
from board.screen_look import ScreenLook
from tests.web.front import PASSWORD, SHOP, Front


@contextmanager
def waiting_screen(front: Front, audience: str = "tv") -> Iterator[tuple[httpx.Client, str]]:
    """A browser that waits to be a wall, and the code it shows."""
    token = front.accounts.requests.ask(audience)
    assert token is not None
    shown = front.accounts.requests.waiting(token)
    assert shown is not None
    with front.browser() as wall:
        wall.cookies.set(f"baylight_waiting_{audience}_http", token)
        yield wall, shown.code


def _state(wall: httpx.Client, audience: str = "tv") -> str:
    return str(wall.get(f"/screens/waiting/{audience}").json()["state"])


WISH = {
    "audience": "tv",
    "name": "Hall 1",
    "view": "overview",
    "group": "bay-3",
    "diagonal_inches": "65",
    "distance_m": "8,5",
    "language": "en",
    "sound": "on",
    "opens": "07:30",
    "closes": "19:00",
    "theme": "andon",
    "zone": "Asia/Urumqi",
}


@pytest.mark.parametrize("keeper", ["chen", "lin"])
def test_an_approved_screen_becomes_the_wall_that_was_set(front: Front, keeper: str) -> None:
    with waiting_screen(front) as (wall, code), front.as_person(keeper) as person:
        assert _state(wall) == "waiting"
        answer = person.post("/admin/screens/approve", data={"code": code, **WISH})
        assert (answer.status_code, answer.headers["location"]) == (303, "/admin/screens")
        assert _state(wall) == "approved"
        assert wall.get("/who").json()["screen"] is None, "nothing is handed out before it asks"
        collected = wall.post("/screens/collect", data={"back": "/tv?theme=andon"})
        assert (collected.status_code, collected.headers["location"]) == (303, "/tv?theme=andon")
        screen = front.accounts.screens.of_shop(SHOP)[0]
        assert wall.get("/who").json()["screen"] == screen.id
        front.clock.pass_by(60)
        assert _state(wall) == "over"
    assert (screen.name, screen.audience) == ("Hall 1", "tv")
    assert screen.look == ScreenLook(
        view="overview",
        diagonal_inches=65.0,
        distance_m=8.5,
        language="en",
        sound=True,
        opens=time(7, 30),
        closes=time(19),
        theme="andon",
        zone="Asia/Urumqi",
    ), "the only bay is all bays"
    assert [note[1] for note in front.notes()][-2:] == ["screen_approved", "screen_paired"]


def test_only_the_browser_that_shows_the_code_gets_the_screen(front: Front) -> None:
    with waiting_screen(front) as (_, code), front.as_person("chen") as chen:
        chen.post("/admin/screens/approve", data={"code": code, **WISH})
        with front.browser() as thief:
            thief.cookies.set("baylight_waiting_tv_http", code)
            thief.post("/screens/collect", data={"back": "/tv"})
            assert thief.get("/who").json()["screen"] is None


@pytest.mark.parametrize("person", ["li", "wang"])
def test_who_does_not_look_after_screens_approves_and_changes_none(
    front: Front, person: str
) -> None:
    with waiting_screen(front) as (wall, code), front.as_person(person) as other:
        for path in ("approve", "s1/look", "s1/identify", "s1/reload", "s1/revoke"):
            answer = other.post(f"/admin/screens/{path}", data={"code": code, **WISH})
            assert answer.status_code == 403
        assert _state(wall) == "waiting"


@pytest.mark.parametrize("path", ["approve", "s1/look", "s1/identify", "s1/reload", "s1/revoke"])
def test_every_door_of_screens_wants_a_person_and_the_token_of_a_form(
    steady: Front, path: str
) -> None:
    with steady.browser() as nobody, steady.as_person("chen") as chen:
        assert nobody.post(f"/admin/screens/{path}", data=WISH).status_code == 401
        del chen.headers["x-csrf-token"]
        answer = chen.post(f"/admin/screens/{path}", json=WISH)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_wrong")


def test_after_five_wrong_codes_even_the_right_one_waits(front: Front) -> None:
    with waiting_screen(front) as (_, code), front.as_person("chen") as chen:
        for letter in "BCDFG":
            wrong = {**WISH, "code": letter * 8}
            assert chen.post("/admin/screens/approve", data=wrong).status_code == 422
        late = chen.post("/admin/screens/approve", data={"code": code, **WISH})
        assert (late.status_code, int(late.headers["retry-after"]) > 0) == (429, True)


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("audience", "roof", "audience_wrong"),
        ("view", "upside down", "view_wrong"),
        ("group", "bay-99", "bay_wrong"),
        ("diagonal_inches", "nan", "diagonal_wrong"),
        ("diagonal_inches", "5", "diagonal_wrong"),
        ("distance_m", "far", "distance_wrong"),
        ("language", "tlh", "language_wrong"),
        ("second_language", "tlh", "language_wrong"),
        ("opens", "noon", "hours_wrong"),
        ("opens", "19:00", "hours_wrong"),
        ("zone", "Moon/Base", "zone_wrong"),
    ],
)
def test_what_no_screen_can_be_is_said_with_its_field(
    steady: Front, field: str, said: str, code: str
) -> None:
    with waiting_screen(steady) as (wall, shown), steady.as_person("chen") as chen:
        body = {"code": shown, **WISH, field: said}
        answer = chen.post("/admin/screens/approve", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert field in answer.json()["fields"]
        assert _state(wall) == "waiting", "nothing was made of it"


def test_a_screen_is_set_anew_and_named_in_the_journal(front: Front) -> None:
    with waiting_screen(front) as (wall, code), front.as_person("chen") as chen:
        chen.post("/admin/screens/approve", data={"code": code, "audience": "tv"})
        wall.post("/screens/collect", data={"back": "/tv"})
        screen = front.accounts.screens.of_shop(SHOP)[0]
        assert screen.name == "TV-01"
        moved = {"audience": "lounge", "second_language": "en", "sound": "on"}
        for path, form in (("look", moved), ("identify", {}), ("reload", {})):
            assert chen.post(f"/admin/screens/{screen.id}/{path}", data=form).status_code == 303
        assert chen.post("/admin/screens/nobody/look", data=moved).status_code == 404
        assert chen.post("/admin/screens/nobody/identify").status_code == 404
        known = front.accounts.screens.of_shop(SHOP)[0]
        assert (known.name, known.audience, known.look.sound) == ("TV-01", "lounge", True)
        assert wall.get("/who").json()["screen"] == screen.id, "it is the same screen still"
    told = [(what, subject) for _, what, subject in front.notes()][-3:]
    assert told == [
        ("screen_changed", screen.id),
        ("screen_identify", screen.id),
        ("screen_reload", screen.id),
    ]


def test_who_scans_the_code_signs_in_and_comes_back_to_it(front: Front) -> None:
    front.give("chen", CredentialKind.password, PASSWORD)
    back = "/admin/screens/approve?code=ABCD-EFGH"
    with front.browser() as phone:
        page = phone.get("/", params={"back": back})
        assert f'name="back" value="{back}"' in page.text
        csrf = phone.get("/who").json()["csrf"]
        fields = {"person": "chen", "password": PASSWORD, "csrf": csrf, "back": back}
        wrong = phone.post("/sign-in/password", data={**fields, "password": "not this one"})
        assert f'name="back" value="{back}"' in wrong.text
        assert phone.post("/sign-in/password", data=fields).headers["location"] == back
        assert phone.get("/", params={"back": back}).headers["location"] == back


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "https://evil.example", "/\\evil"])
def test_nobody_is_sent_to_another_site_after_signing_in(steady: Front, elsewhere: str) -> None:
    steady.give("chen", CredentialKind.password, PASSWORD)
    with steady.browser() as phone:
        assert "evil" not in phone.get("/", params={"back": elsewhere}).text
        csrf = phone.get("/who").json()["csrf"]
        fields = {"person": "chen", "password": PASSWORD, "csrf": csrf, "back": elsewhere}
        sent = phone.post("/sign-in/password", data=fields).headers["location"]
    assert "evil" not in sent
