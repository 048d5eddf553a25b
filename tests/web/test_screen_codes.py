"""Codes of screens at a desk: one count of wrong ones, and no lounge becomes a TV unseen."""

import httpx
import pytest

from board.web.screens_looked_up import ScreensLookedUp
from tests.web.front import SHOP, Front
from tests.web.test_screens_kept import waiting_screen


def _looked_up(front: Front, code: str, who: str = "chen") -> tuple[str, int]:
    return front.do(ScreensLookedUp(front.doors, "build").waiting(code, SHOP, who))


def _approve(person: httpx.Client, code: str, **more: str) -> httpx.Response:
    form = {"code": code, "audience": "tv", **more}
    headers = {"accept": "application/json"}
    return person.post("/admin/screens/approve", data=form, headers=headers)


def test_codes_that_are_looked_up_and_approved_are_counted_together(front: Front) -> None:
    """Falls over when one of the two doors counts for itself."""
    with (
        waiting_screen(front) as (_, code),
        front.as_person("chen") as chen,
        front.as_person("lin") as lin,
    ):
        wrong = ["BBBBBBBB", "CCCCCCCC", "DDDDDDDD"]
        assert [_looked_up(front, each) for each in wrong] == [("", 0)] * 3
        assert [_approve(chen, f"FFFFFFF{each}").status_code for each in "BC"] == [422] * 2
        assert _looked_up(front, code) == ("", 15)
        late = _approve(chen, code)
        assert (late.status_code, late.json()["code"]) == (429, "too_many_codes")
        assert late.json()["message"] == "Too many wrong codes. Please wait 15 minutes."
        assert _looked_up(front, code, "lin") == ("tv", 0), "each person is counted alone"
        assert _approve(lin, code).status_code == 200


def test_the_wait_is_over_after_a_quarter_of_an_hour(front: Front) -> None:
    with waiting_screen(front):
        for letter in "BCDFG":
            _looked_up(front, letter * 8)
        front.clock.pass_by(600)
        assert _looked_up(front, "HHHHHHHH") == ("", 5)
        front.clock.pass_by(300)
    with waiting_screen(front) as (_, fresh):
        assert _looked_up(front, fresh) == ("tv", 0)


def test_a_page_that_renews_itself_asks_for_the_same_wrong_code_as_often_as_it_likes(
    front: Front,
) -> None:
    """Falls over without `_ONCE`: in a busy shop one slip would have shut the door."""
    with waiting_screen(front) as (_, code):
        assert {_looked_up(front, "BBBB-BBBB") for _ in range(12)} == {("", 0)}
        assert _looked_up(front, code) == ("tv", 0)


@pytest.mark.parametrize("audience", ["lounge", "queue"])
@pytest.mark.parametrize("asked", ["tv", "arrivals"])
def test_a_screen_of_customers_shows_whole_plates_only_when_somebody_said_so(
    front: Front, audience: str, asked: str
) -> None:
    with waiting_screen(front, audience) as (wall, code), front.as_person("chen") as chen:
        slip = _approve(chen, code, audience=asked)
        assert (slip.status_code, slip.json()["code"]) == (422, "for_staff_unsaid")
        assert wall.get(f"/screens/waiting/{audience}").json()["state"] == "waiting"
        assert _approve(chen, code, audience=asked, for_staff="on").status_code == 200


def test_a_paired_lounge_is_moved_among_staff_only_when_somebody_said_so(front: Front) -> None:
    with waiting_screen(front, "lounge") as (wall, code), front.as_person("chen") as chen:
        assert _approve(chen, code, audience="lounge").status_code == 200
        wall.post("/screens/collect", data={"back": "/lounge"})
        screen = front.accounts.screens.of_shop(SHOP)[0]
        door, headers = f"/admin/screens/{screen.id}/look", {"accept": "application/json"}
        for form, status in (
            ({"audience": "queue"}, 200),
            ({"audience": "tv"}, 422),
            ({"audience": "tv", "for_staff": "on"}, 200),
            ({"audience": "arrivals"}, 200),
            ({"audience": "lounge"}, 200),
        ):
            assert chen.post(door, data=form, headers=headers).status_code == status, form
