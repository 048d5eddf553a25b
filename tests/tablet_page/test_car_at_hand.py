"""What a technician's tablet puts at hand, and what it keeps for others."""

from datetime import timedelta

from board.core import commands as c
from board.core.holds import HoldReason
from displays.views import tablet_views as v
from displays.views.tablet import TabletProjection
from displays.views.tablet_calls import TabletRegion
from tests.tablet_page.floor import Floor, busy


def seen(floor: Floor, holder: str) -> dict[str, TabletRegion]:
    return TabletProjection(holder).project(floor.shop, floor.now)


def job_on(floor: Floor, holder: str) -> v.JobView:
    view = seen(floor, holder)["job"]
    assert isinstance(view, v.JobView)
    return view


def undo_on(floor: Floor, holder: str) -> v.UndoView:
    view = seen(floor, holder)["undo"]
    assert isinstance(view, v.UndoView)
    return view


def others_on(floor: Floor, holder: str) -> v.OthersView:
    view = seen(floor, holder)["others"]
    assert isinstance(view, v.OthersView)
    return view


def test_the_car_with_the_running_line_is_at_hand() -> None:
    floor = busy()
    floor.start("wang", "job-b")
    assert job_on(floor, "wang").id == "job-b"


def test_without_a_running_line_the_first_planned_car_is_at_hand() -> None:
    floor = busy()
    floor.finish_all("wang", "job-a")
    floor.grant(c.PassCheck(job="job-a"), "wang")
    assert job_on(floor, "wang").id == "job-b"


def test_a_car_that_waits_for_parts_makes_room_for_the_next() -> None:
    floor = busy()
    floor.grant(c.PauseLine(job="job-a", hold=HoldReason.parts_issue), "wang")
    assert job_on(floor, "wang").id == "job-b"
    assert "queue-job-a" in seen(floor, "wang")


def test_a_break_keeps_its_car_at_hand() -> None:
    floor = busy()
    floor.grant(c.PauseLine(job="job-a", hold=HoldReason.pause), "wang")
    view = job_on(floor, "wang")
    assert view.id == "job-a"
    assert view.hold is not None
    assert view.hold.reason == "break"


def test_the_next_car_is_named_with_bay_and_planned_start() -> None:
    view = seen(busy(), "wang")["next"]
    assert isinstance(view, v.NextView)
    assert (view.plate, view.bay) == (("京E", "P5021"), "3 号工位")
    assert view.start is not None
    assert view.start.clock == "14:50"


def test_others_see_nothing_of_it() -> None:
    floor = busy()
    views = seen(floor, "zhao")
    assert job_on(floor, "zhao") == v.JobView()
    assert others_on(floor, "zhao") == v.OthersView()
    assert not [key for key in views if key.startswith(("line-", "check-", "queue-"))]


def test_a_team_leader_sees_the_cars_that_wait_for_the_team_check() -> None:
    floor = busy()
    floor.finish_all("wang", "job-a")
    assert others_on(floor, "zhou").checks == 0
    floor.grant(c.PassCheck(job="job-a"), "wang")
    assert "check-job-a" in seen(floor, "zhou")
    assert "check-job-a" not in seen(floor, "zheng")


def test_an_inspector_sees_final_checks_and_road_tests() -> None:
    floor = busy()
    floor.finish_all("wang", "job-a")
    floor.grant(c.PassCheck(job="job-a"), "wang")
    floor.grant(c.PassCheck(job="job-a"), "zhou")
    assert "check-job-a" in seen(floor, "zheng")
    floor.grant(c.StartRoadTest(job="job-a"), "zheng")
    view = seen(floor, "zheng")["check-job-a"]
    assert isinstance(view, v.CheckView)
    assert [deed.kind for deed in view.deeds] == ["fail", "points", "back"]


def test_a_sent_away_person_sees_an_empty_tablet() -> None:
    views = seen(busy(), "nobody")
    assert views["bar"] == v.BarView("")
    assert views["job"] == v.JobView()


def test_undo_is_offered_for_half_a_minute_and_to_the_doer_only() -> None:
    floor = busy()
    floor.grant(c.FinishLine(job="job-a"), "wang")
    view = undo_on(floor, "wang")
    assert (view.did, view.text) == ("finished", "前刹车片")
    assert view.until == int((floor.now + timedelta(seconds=30)).timestamp())
    assert undo_on(floor, "zhou") == v.UndoView()
    floor.wait(seconds=29)
    assert undo_on(floor, "wang") == view
    assert floor.do("wang", c.UndoMove(job="job-a")) is None
    floor.grant(c.FinishLine(job="job-a"), "wang")
    floor.wait(seconds=30, microseconds=1)
    assert undo_on(floor, "wang") == v.UndoView()
    refused = floor.do("wang", c.UndoMove(job="job-a"))
    assert refused is not None
    assert refused.code == "undo_late"


def test_a_start_that_paused_another_car_is_called_a_start() -> None:
    floor = busy()
    floor.start("wang", "job-b")
    view = undo_on(floor, "wang")
    assert (view.job, view.did) == ("job-b", "started")


def test_asking_for_a_part_is_called_so() -> None:
    floor = busy()
    floor.start("wang", "job-a")
    line = floor.shop.jobs["job-a"].open_lines[0].id
    floor.grant(c.RequestPart(job="job-a", line=line, text="Seal ring"), "wang")
    view = undo_on(floor, "wang")
    assert (view.job, view.did) == ("job-a", "asked")


def test_passing_minutes_change_nothing_that_is_shown() -> None:
    floor = busy()
    floor.wait(seconds=31)
    projection = TabletProjection("wang")
    before = projection.project(floor.shop, floor.now)
    after = projection.project(floor.shop, floor.now + timedelta(minutes=10))
    assert all(after[key] is view for key, view in before.items())


def test_a_forgotten_job_leaves_the_tablet() -> None:
    floor = busy()
    projection = TabletProjection("wang")
    projection.project(floor.shop, floor.now)
    floor.shop = floor.shop.without_job("job-b")
    assert "queue-job-b" not in projection.project(floor.shop, floor.now)
