"""Pairing a screen with a code, what it may do then, and how it goes dark."""

import pytest
from httpx import HTTPTransport

from tests.web.front import SHOP, Front


def code_for(front: Front, audience: str = "tv") -> str:
    """A code just made by the manager's page."""
    with front.as_person("chen") as chen:
        body = {"audience": audience, "language": "en", "group": "east"}
        answer = chen.post("/admin/screens/codes", json=body)
    assert answer.status_code == 200, answer.text
    code: str = answer.json()["code"]
    return code


def test_a_code_has_eight_letters_none_of_them_like_a_digit(front: Front) -> None:
    code = code_for(front)
    letters = code.replace("-", "")
    assert len(letters) == 8
    assert letters.isalpha()
    assert not set(letters) & set("IO")
    assert ("person:chen", "screen_code_made", "tv") in front.notes()


def test_a_code_becomes_the_cookie_of_a_screen(front: Front) -> None:
    with front.browser() as wall:
        answer = wall.post("/screens/claim", data={"code": code_for(front), "name": "Hall"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/tv")
        assert "HttpOnly" in answer.headers["set-cookie"]
        known = wall.get("/who").json()
    screen = front.accounts.screens.of_shop(SHOP)[0]
    assert (screen.audience, screen.look.group, screen.name) == ("tv", "east", "Hall")
    assert (known["screen"], known["person"]) == (screen.id, "")
    assert (f"screen:{screen.id}", "screen_paired", screen.id) in front.notes()


def test_a_code_may_be_typed_as_people_type(front: Front) -> None:
    with front.browser() as wall:
        typed = code_for(front).lower().replace("-", " ")
        assert wall.post("/screens/claim", json={"code": typed}).json() == {"to": "/tv"}


def test_a_code_works_once(front: Front) -> None:
    code = code_for(front)
    with front.browser() as wall, front.browser() as other:
        assert wall.post("/screens/claim", data={"code": code}).status_code == 303
        assert other.post("/screens/claim", data={"code": code}).status_code == 422


def test_a_code_is_too_old_after_a_quarter_of_an_hour(front: Front) -> None:
    code = code_for(front)
    front.clock.pass_by(901)
    with front.browser() as wall:
        assert wall.post("/screens/claim", data={"code": code}).status_code == 422


def test_a_wrong_code_leads_back_to_its_page(front: Front) -> None:
    with front.browser() as wall:
        fields = {"code": "AAAAAAAA", "back": "/tv"}
        answer = wall.post("/screens/claim", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/tv?refused=code_wrong")


def test_after_five_wrong_codes_even_the_right_one_waits(front: Front) -> None:
    code = code_for(front)
    with front.browser() as wall:
        wrong = [wall.post("/screens/claim", data={"code": "AAAAAAAA"}) for _ in range(5)]
        assert [answer.status_code for answer in wrong] == [422] * 5
        late = wall.post("/screens/claim", data={"code": code})
        assert (late.status_code, int(late.headers["retry-after"]) > 0) == (429, True)
        front.clock.pass_by(901)
        assert wall.post("/screens/claim", data={"code": code_for(front)}).status_code == 303


def test_strangers_at_many_addresses_do_not_close_the_door(front: Front) -> None:
    """Falls over with any one count over all addresses in `claim`."""
    for number in range(84):
        with front.browser() as stranger:
            stranger._transport = HTTPTransport(local_address=f"127.0.2.{number + 1}")
            wrong = [stranger.post("/screens/claim", data={"code": "A" * 8}) for _ in range(5)]
        assert [answer.status_code for answer in wrong] == [422] * 5
    with front.browser() as wall:
        assert wall.post("/screens/claim", data={"code": code_for(front)}).status_code == 303


def test_a_wall_that_must_wait_is_led_back_to_its_page_and_stays_out(front: Front) -> None:
    with front.browser() as wall:
        fields = {"code": "AAAAAAAA", "back": "/tv?theme=andon"}
        answers = [wall.post("/screens/claim", data=fields) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [303] * 6
        assert answers[-1].headers["location"] == "/tv?theme=andon&refused=too_many"
        right = wall.post("/screens/claim", data={"code": code_for(front), "back": "/tv"})
    assert right.headers["location"] == "/tv?refused=too_many"
    assert not front.accounts.screens.of_shop(SHOP)


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/tv?theme=andon&group=b1%2Cb2", "/tv?theme=andon&group=b1%2Cb2"),
        ("/tv?theme=andon&refused=code_wrong&next=//evil", "/tv?theme=andon"),
        ("/lounge?theme=andon", "/tv"),
        ("//evil/tv?theme=andon", "/tv"),
        ("https://evil/tv?theme=andon", "/tv"),
        ("/tv?theme=%0d%0aset-cookie:a", "/tv?theme=%0D%0Aset-cookie%3Aa"),
    ],
)
def test_pairing_leads_back_to_the_page_as_it_was_asked_for(
    front: Front, back: str, to: str
) -> None:
    with front.browser() as wall:
        answer = wall.post("/screens/claim", data={"code": code_for(front), "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, to)


def test_one_browser_may_be_two_screens_and_lose_one(front: Front) -> None:
    with front.browser() as wall, front.as_person("chen") as chen:
        for audience in ("tv", "lounge"):
            wall.post("/screens/claim", data={"code": code_for(front, audience)})
        assert set(wall.cookies) >= {"baylight_screen_tv_http", "baylight_screen_lounge_http"}
        tv = wall.get("/who").json()["screen"]
        assert chen.post(f"/admin/screens/{tv}/revoke").status_code == 303
        lounge = wall.get("/who").json()["screen"]
    assert [each.id for each in front.accounts.screens.of_shop(SHOP)] == [lounge]


@pytest.mark.parametrize("path", ["/api/v1/board", "/api/v1/events", "/api/v1/jobs/x"])
def test_a_screen_reads_no_data_of_people(front: Front, path: str) -> None:
    with front.browser() as wall:
        wall.post("/screens/claim", data={"code": code_for(front)})
        assert wall.get(path).status_code == 401


def test_a_screen_asks_nothing_of_the_desk(front: Front) -> None:
    with front.browser() as wall:
        wall.post("/screens/claim", data={"code": code_for(front)})
        csrf = wall.get("/who").json()["csrf"]
        answer = wall.post("/do/receive_job", data={"car.plate": "京A12345", "csrf": csrf})
        assert answer.status_code == 401
        assert wall.get("/admin/set-up").status_code == 401


def test_a_revoked_screen_is_out_at_once(front: Front) -> None:
    with front.browser() as wall, front.as_person("chen") as chen:
        wall.post("/screens/claim", data={"code": code_for(front)})
        screen = wall.get("/who").json()["screen"]
        assert chen.post(f"/admin/screens/{screen}/revoke").status_code == 303
        assert wall.get("/who").json()["screen"] is None
    assert len(front.ended) == 1, "live sockets are told"
    assert ("person:chen", "screen_revoked", screen) in front.notes()


def test_a_screen_half_ended_by_a_process_that_died_is_ended_by_the_next_try(front: Front) -> None:
    """Falls over when `revoke` in `board/accounts_screen_codes.py` takes an ended one for none."""
    with front.browser() as wall, front.as_person("chen") as chen:
        wall.post("/screens/claim", data={"code": code_for(front)})
        screen = wall.get("/who").json()["screen"]
        assert front.accounts.screens.revoke(SHOP, screen)
        assert chen.post(f"/admin/screens/{screen}/revoke").status_code == 303
        assert wall.get("/who").json()["screen"] is None
    assert ("person:chen", "screen_revoked", screen) in front.notes()


def test_a_screen_never_takes_the_place_of_a_person(front: Front) -> None:
    with front.as_person("chen") as chen:
        chen.post("/screens/claim", data={"code": code_for(front)})
        known = chen.get("/who").json()
    assert known["person"] == "chen"
    assert known["screen"]


def test_a_screen_stays_for_years(front: Front) -> None:
    with front.browser() as wall:
        wall.post("/screens/claim", data={"code": code_for(front)})
        front.clock.pass_by(2 * 365 * 86400)
        front.access.forget()
        assert wall.get("/who").json()["screen"]


def test_a_code_is_for_a_screen_there_is(front: Front) -> None:
    with front.as_person("chen") as chen:
        answer = chen.post("/admin/screens/codes", json={"audience": "roof"})
    assert (answer.status_code, answer.json()["code"]) == (422, "audience_wrong")
