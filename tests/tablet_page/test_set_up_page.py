"""The set-up page: what it shows to a new shop and to one that is set up."""

from datetime import UTC, datetime
from types import SimpleNamespace

from board.core.shop import Settings
from board.screen_look import ScreenLook
from tests.tablet_page.floor import busy
from tests.tablet_page.pages import renderer

CHEN: dict[str, object] = {
    "id": "chen",
    "name": "陈波",
    "roles": ["manager"],
    "role_words": ["Service manager"],
    "bays": [],
    "skills": [],
    "kinds": ["password"],
}
WANG: dict[str, object] = {
    "id": "wang",
    "name": "<b>王强</b>",
    "roles": ["technician"],
    "role_words": ["Technician"],
    "bays": ["3 号工位"],
    "skills": ["机电", "诊断"],
    "kinds": [],
}
SESSION: dict[str, object] = {
    "hash": "h1",
    "holder": "陈波",
    "kind": "person",
    "audience": "",
    "via": "password",
    "created_at": datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    "last_seen_at": datetime(2026, 11, 21, 9, 45, tzinfo=UTC),
}


def page(**changes: object) -> str:
    """The page of a shop of which nothing is set up, unless told otherwise."""
    facts: dict[str, object] = {
        "csrf": "token",
        "path": "/admin/set-up",
        "languages": ("zh-Hans", "en"),
        "settings": Settings(),
        "badges": frozenset(),
        "bays": [],
        "people": [CHEN],
        "screens": [],
        "connected": [],
        "sessions": [],
        "own": "h1",
        "code": "",
        "mistakes": (),
        "error": "",
        "text": "",
        **changes,
    }
    return renderer().fragment("set_up/page.html", "en", **facts)


def set_up_shop() -> str:
    shop = busy().shop
    return page(settings=shop.settings, bays=[*shop.bays.values()], people=[CHEN, WANG])


def test_a_new_shop_is_led_through_three_steps() -> None:
    html = page()
    assert "Three steps to the first board" in html
    assert "No bays yet." in html


def test_a_shop_that_is_set_up_sees_no_steps() -> None:
    assert "Three steps" not in set_up_shop()


def test_somebody_who_cannot_sign_in_yet_is_marked() -> None:
    assert set_up_shop().count("Cannot sign in yet") == 1


def test_names_are_never_taken_for_html() -> None:
    html = set_up_shop()
    assert "<b>王强</b>" not in html
    assert "&lt;b&gt;王强&lt;/b&gt;" in html


def test_saving_a_person_keeps_every_skill() -> None:
    html = set_up_shop()
    assert '<input type="hidden" name="person.skills" value="诊断">' in html


def test_home_bays_are_ticked() -> None:
    assert 'name="person.bays" value="b3" checked' in set_up_shop()


def test_a_code_is_shown_with_where_to_type_it() -> None:
    html = page(code="ABCD-EFGH")
    assert "ABCD-EFGH</output>" in html
    assert "Type this on the screen at /tv, /lounge, /queue or /arrivals-tv" in html


def test_mistakes_of_a_shop_file_stand_by_line_and_the_text_stays() -> None:
    html = page(error="The shop file has mistakes.", mistakes=((3, "no bay b9"),), text="[shop]")
    assert "<b>Line 3</b> no bay b9" in html
    assert ">[shop]</textarea>" in html


def test_ones_own_session_cannot_be_ended_by_mistake() -> None:
    other = {**SESSION, "hash": "h2", "holder": "王强", "via": "pin"}
    html = page(sessions=[SESSION, other])
    assert "/admin/sessions/h2/revoke" in html
    assert "/admin/sessions/h1/revoke" not in html


def test_screens_are_listed_and_can_be_revoked() -> None:
    look = ScreenLook(language="en")
    screen = SimpleNamespace(id="s1", name="TV 1", audience="tv", look=look)
    html = page(screens=[screen])
    assert "/admin/screens/s1/revoke" in html
    assert "All bays" in html


def test_no_style_or_script_stands_in_the_page() -> None:
    html = set_up_shop()
    assert "style=" not in html
    assert "onclick" not in html
    assert "<script>" not in html
