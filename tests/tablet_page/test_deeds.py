"""The big buttons: what they offer, that the rules agree, and one job from dispatch to check."""

from board.codec import command_from
from board.core import commands as c
from board.core.extra import AnswerMeans
from board.core.refusals import Refused
from displays.views import tablet_views as v
from displays.views.tablet import TabletProjection
from tests.tablet_page.floor import Floor, busy


def offered(floor: Floor, holder: str = "wang") -> dict[str, v.Deed]:
    """The buttons the page shows first."""
    view = TabletProjection(holder).project(floor.shop, floor.now)["deeds"]
    assert isinstance(view, v.DeedsView)
    shown = [one for one in view.sets if one.chosen]
    return {deed.kind: deed for one in shown for deed in one.deeds}


def press(floor: Floor, kind: str, holder: str = "wang", **more: str) -> Refused | None:
    """Do what the button would post."""
    deed = offered(floor, holder)[kind]
    body: dict[str, object] = {**dict(deed.fields), **more}
    if "version" in body:
        body["version"] = int(str(body["version"]))
    filled = {key: value for key, value in body.items() if value != ""}
    return floor.do(holder, command_from(deed.door, filled, strict=False))


def dispatched() -> Floor:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", ("机油机滤", 0.5), ("前刹车片", 0.8))
    floor.dispatch("job-a", "b3", "wang")
    return floor


def test_a_dispatched_car_is_driven_in_or_started() -> None:
    assert set(offered(dispatched())) == {"place", "parts", "start"}


def test_parts_handed_out_unsigned_are_signed_for_on_the_tablet() -> None:
    """Falls over without `is_unsigned_by` in `displays/views/tablet_deeds.py`."""
    floor = dispatched()
    line = floor.shop.jobs["job-a"].lines[0].id
    floor.grant(c.RequestPart(job="job-a", line=line, text="机油"), "wang")
    floor.grant(c.IssuePart(job="job-a", line=line, receiver="wang"), "chen")
    assert press(floor, "take") is None
    assert floor.shop.jobs["job-a"].lines[0].requests[0].last.signed
    assert "take" not in offered(floor)


def test_a_running_line_is_paused_or_finished() -> None:
    assert set(offered(busy())) == {"pause", "parts", "finish"}


def test_there_are_at_most_three_big_buttons_for_each_line() -> None:
    for floor in (dispatched(), busy()):
        view = TabletProjection("wang").project(floor.shop, floor.now)["deeds"]
        assert isinstance(view, v.DeedsView)
        assert all(len(one.deeds) <= 3 for one in view.sets)


def test_a_taken_bay_greys_the_button_with_the_rules_own_refusal() -> None:
    floor = dispatched()
    floor.receive("job-b", "京E·P5021")
    floor.dispatch("job-b", "b3", "zhao")
    floor.drive_in("job-b", "b3")
    refused = offered(floor)["place"].refused
    pressed = press(floor, "place")
    assert refused is not None
    assert pressed is not None
    assert refused.code == pressed.code == "bay_taken"
    assert refused.params["bay"] == "3 号工位"


def test_a_job_goes_from_dispatch_to_the_team_check_by_its_buttons_alone() -> None:
    floor = dispatched()
    assert press(floor, "place") is None
    for _line in ("机油机滤", "前刹车片"):
        assert press(floor, "start") is None
        floor.wait(minutes=20)
        assert press(floor, "finish") is None
    assert floor.shop.jobs["job-a"].state == "self_check"
    assert set(offered(floor)) == {"fail", "points", "pass"}
    assert press(floor, "pass") is None
    assert floor.shop.jobs["job-a"].state == "team_check"
    assert offered(floor) == {}


def test_a_pause_with_a_reason_holds_the_job_until_somebody_goes_on() -> None:
    floor = busy()
    assert press(floor, "pause", hold="break") is None
    assert floor.shop.jobs["job-a"].state == "held"
    assert set(offered(floor)) == {"resume"}
    assert press(floor, "resume") is None
    assert floor.shop.jobs["job-a"].state == "working"


def test_a_failed_self_check_goes_to_rework_with_its_code() -> None:
    floor = busy()
    floor.finish_all("wang", "job-a")
    assert press(floor, "fail", defect="leak") is None
    assert floor.shop.jobs["job-a"].state == "rework"
    assert floor.shop.jobs["job-a"].checks[-1].defect == "leak"


def test_an_order_without_lines_can_be_started_too() -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", asked="异响检查")
    floor.dispatch("job-a", "b3", "wang")
    assert press(floor, "start") is None
    assert floor.shop.jobs["job-a"].state == "working"


def test_a_helper_ends_their_own_part_while_the_lead_goes_on() -> None:
    floor = busy()
    line = floor.shop.running["wang"]
    helping = c.StartLine(job=line.job, line=line.line, technician="zhao")
    assert floor.do("zhou", helping) is None
    assert set(offered(floor, "zhao")) == {"pause", "parts", "mine"}
    assert "finish" in offered(floor), "the lead finishes the line"
    assert press(floor, "mine", "zhao") is None
    assert "wang" in floor.shop.running


def test_what_is_agreed_to_while_others_check_is_the_holders_again() -> None:
    """Falls over without `job.open_lines or` in `displays/views/tablet.py`."""
    floor = dispatched()
    floor.finish_all("wang", "job-a")
    for checker in ("wang", "zhou"):
        floor.grant(c.PassCheck(job="job-a"), checker)
    assert offered(floor) == {}
    floor.grant(c.AddLine(job="job-a", text="雨刮片", price=6000), "li")
    said = {"how": AnswerMeans.in_person, "said_by": "车主"}
    agreed = c.DecideLine(job="job-a", line="3", approved=True, **said)  # type: ignore[arg-type]
    floor.grant(agreed, "li")
    assert press(floor, "start") is None
    assert floor.shop.jobs["job-a"].state == "working"
