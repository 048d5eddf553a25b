"""The workflow's page: its picture, what another one would change, and where its jobs go."""

import re

import pytest

from tests.web.front import Front

WITHOUT_TEAM = '[workflow]\nleft_out = ["team_check"]\n'
OWN = """[workflow]
[[workflow.states]]
id = "photos"
name = "Photo proof"
lane = "check"
after = "final_check"
by = ["inspector"]
needs = ["lines_done"]
"""
PAGE = "/admin/workflow"


def checked(front: Front) -> str:
    """A job that waits for the team check."""
    job = front.receive()
    with front.as_person("li") as li, front.as_person("lin") as lin:
        assert li.post("/do/move_job", data={"job": job, "to": "awaiting_dispatch"}).is_success
        fields = {"job": job, "bay": "bay-3", "technicians": "wang"}
        assert lin.post("/do/dispatch_job", data=fields).is_success
    with front.as_person("wang") as wang:
        for deed in ("start_line", "finish_line", "pass_check"):
            assert wang.post(f"/do/{deed}", data={"job": job}).is_success
    return job


def test_it_is_for_managers(front: Front) -> None:
    with front.as_person("lin") as lin, front.browser() as nobody:
        assert lin.get(PAGE).status_code == 403
        assert lin.post(PAGE, data={"file": OWN}).status_code == 403
        assert nobody.get(PAGE).status_code == 303
        assert nobody.post(PAGE, data={"file": OWN}).status_code == 401


def test_a_foreign_form_is_refused(front: Front) -> None:
    with front.as_person("chen") as chen:
        chen.headers["x-csrf-token"] = "wrong"
        assert chen.post(PAGE, data={"file": OWN, "sure": "yes"}).status_code == 403


def test_the_picture_has_every_state_and_says_who_moves_it_without_a_script(front: Front) -> None:
    with front.as_person("chen") as chen:
        html = chen.get(PAGE).text
    drawn = html[html.index("<svg viewBox") : html.index("</svg></div>")]
    said = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
    for state in ("Booked", "In work", "Final check due", "Ready", "Delivered"):
        assert state in said
    assert "→ Ready: Service advisor" in drawn
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert html.count('<tr><th scope="row">') == 21


def test_what_changes_is_shown_and_nothing_has_changed_yet(front: Front) -> None:
    with front.as_person("chen") as chen:
        page = chen.post(PAGE, data={"file": OWN})
    assert page.status_code == 200
    assert "“Photo proof” is new, in the lane Checks." in page.text
    assert "“Final check due” leads to “Photo proof”: Inspector." in page.text
    assert "photos" not in front.desk.shop.workflow.steps


def test_it_is_chosen_once_it_was_looked_at(front: Front) -> None:
    with front.as_person("chen") as chen:
        answer = chen.post(PAGE, data={"file": OWN, "sure": "yes"})
        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
        assert "Photo proof" in chen.get(PAGE).text
    assert front.desk.shop.workflow.way("final_check", "photos") is not None


def test_jobs_of_a_removed_state_are_asked_for_and_go_where_it_is_said(front: Front) -> None:
    job = checked(front)
    with front.as_person("chen") as chen:
        asked = chen.post(PAGE, data={"file": WITHOUT_TEAM})
        assert "Team check due: 1 job" in asked.text
        assert '<option value="final_check"' in asked.text
        assert '<option value="ready"' not in asked.text
        sure = {"file": WITHOUT_TEAM, "sure": "yes"}
        again = chen.post(PAGE, data=sure)
        assert again.status_code == 409
        assert "Team check due (1)" in again.text
        assert front.desk.shop.jobs[job].state == "team_check"
        assert chen.post(PAGE, data={**sure, "moves.team_check": "final_check"}).is_redirect
    assert front.desk.shop.jobs[job].state == "final_check"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (OWN.replace('"check"', '"attic"'), 5, "not one of"),
        (OWN.replace('"inspector"', '"king"'), 7, "not one of"),
        ('[workflow]\nleft_out = ["booked"]', 2, "no way leads to state"),
        ("this is not TOML", 1, "not TOML"),
    ],
)
def test_mistakes_are_told_with_their_lines(
    front: Front, text: str, line: int, reason: str
) -> None:
    with front.as_person("chen") as chen:
        page = chen.post(PAGE, data={"file": text})
    assert page.status_code == 422
    assert f"<b>Line {line}</b>" in page.text
    assert reason in page.text


def test_a_whole_shop_file_is_good_enough(front: Front) -> None:
    with front.as_person("chen") as chen:
        page = chen.post(PAGE, data={"file": '[shop]\nname = "Other"\n' + OWN})
        assert "Photo proof" in page.text
        assert chen.post(PAGE, data={"file": "", "sure": ""}).status_code == 200
    assert front.desk.shop.settings.name == "Test shop"
