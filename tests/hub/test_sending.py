"""A change is built once, goes out at once, and close followers share the next frame."""

from displays.fanout import STUCK_SECONDS, WINDOW_SECONDS
from displays.hub import Hub
from tests.hub.paper import BOARD, Page, Timeline, make_hub, unframed

LONG = "<li>" + "a car with a long story " * 40 + "</li>"


def room(size: int, compressed: bool = False) -> tuple[Hub, Timeline, list[Page]]:
    timeline = Timeline()
    hub = make_hub(timeline)
    hub.show(BOARD, {"job-a": "<li>a</li>"}, ("e", 1))
    pages = [Page(hub, compressed, f"s{number}") for number in range(size)]
    for page in pages:
        page.dial()
    return hub, timeline, pages


def test_the_first_change_goes_at_once() -> None:
    hub, _, (page,) = room(1)
    hub.publish(BOARD, {"job-a": "<li>1</li>"}, [], ("e", 2))
    assert len(page.wire.written) == 1


def test_changes_close_behind_share_one_frame() -> None:
    hub, timeline, (page,) = room(1)
    for number in range(10):
        hub.publish(BOARD, {f"job-{number}": "<li></li>"}, [], ("e", number))
    assert len(page.wire.written) == 1
    timeline.pass_time(WINDOW_SECONDS)
    assert len(page.wire.written) == 2
    assert len(unframed(page.wire.written[1])["regions"]) == 9
    page.read()
    assert page.regions == hub.shown(BOARD).regions


def test_all_screens_are_written_the_same_bytes_object() -> None:
    hub, _, pages = room(30, compressed=True)
    hub.publish(BOARD, {"job-a": LONG}, [], ("e", 2))
    frames = {id(page.wire.written[0]) for page in pages}
    assert len(frames) == 1


def test_snapshots_of_one_rev_are_built_once() -> None:
    hub, _, _ = room(1)
    one, two = Page(hub), Page(hub)
    for page in (one, two):
        page.read = lambda: None  # type: ignore[method-assign]
        page.dial()
    assert one.wire.written[0] is two.wire.written[0]


def test_compressed_and_plain_screens_read_the_same() -> None:
    hub, _, (plain,) = room(1)
    packed = Page(hub, compressed=True)
    packed.dial()
    hub.publish(BOARD, {"job-a": LONG}, [], ("e", 2))
    assert packed.wire.written[0][0] == 0xC1
    assert plain.wire.written[0][0] == 0x81
    assert len(packed.wire.written[0]) < len(plain.wire.written[0]) / 5
    plain.read()
    packed.read()
    assert packed.regions == plain.regions == {"job-a": LONG}


def test_frames_of_every_length_class_can_be_read() -> None:
    hub, timeline, (page,) = room(1)
    for size in (1, 100, 126, 5_000, 65_530, 70_000):
        hub.publish(BOARD, {"job-a": "x" * size}, [], ("e", size))
        timeline.pass_time(1)
        page.read()
        assert page.regions == {"job-a": "x" * size}


def test_the_same_html_again_is_no_change() -> None:
    hub, _, (page,) = room(1)
    rev = hub.shown(BOARD).rev
    hub.publish(BOARD, {"job-a": "<li>a</li>"}, ["never-there"], ("e", 7))
    assert page.wire.written == []
    assert hub.shown(BOARD).rev == rev


def test_a_heartbeat_carries_both_heads() -> None:
    hub, _, (page,) = room(1)
    hub.publish(BOARD, {}, [], ("e", 7))
    hub.beat()
    page.read()
    assert page.heard[-1]["seq"] == 7
    hub.pass_by(BOARD, ("e", 8))
    hub.beat()
    page.read()
    beat = page.heard[-1]
    assert (beat["rev"], beat["seq"], beat["epoch"]) == (page.rev, 8, "e")
    assert (beat["rate"], beat["build"]) == (1.0, "build-1")


def test_a_heartbeat_never_overtakes_a_change_that_waits() -> None:
    hub, _, (page,) = room(1)
    hub.publish(BOARD, {"job-a": "<li>1</li>"}, [], ("e", 2))
    hub.publish(BOARD, {"job-a": "<li>2</li>"}, [], ("e", 3))
    hub.beat()
    page.read()
    assert page.regions == {"job-a": "<li>2</li>"}


def test_a_full_wire_gets_one_frame_with_the_latest_when_it_drains() -> None:
    hub, timeline, (slow, other) = room(2)
    slow.wire.slow = True
    for number in range(20):
        hub.publish(BOARD, {"job-a": f"<li>{number}</li>"}, [], ("e", number))
        timeline.pass_time(0.1)
    assert len(slow.wire.written) == 1
    assert len(other.wire.written) == 20
    slow.wire.drain()
    assert len(slow.wire.written) == 2
    slow.read()
    assert slow.regions == {"job-a": "<li>19</li>"}


def test_a_wire_that_stays_full_is_cut_off_and_one_that_drains_is_not() -> None:
    hub, timeline, (stuck, slow) = room(2)
    for page in (stuck, slow):
        page.wire.slow = True
    hub.publish(BOARD, {"job-a": "<li>1</li>"}, [], ("e", 2))
    timeline.pass_time(STUCK_SECONDS / 2)
    slow.wire.drain()
    timeline.pass_time(STUCK_SECONDS)
    assert stuck.wire.aborted
    assert not slow.wire.aborted
    assert hub.gauges()["screens"] == 1


def test_one_dead_screen_silences_nobody() -> None:
    hub, _, pages = room(5)
    pages[0].wire.broken = True
    hub.publish(BOARD, {"job-a": "<li>1</li>"}, [], ("e", 2))
    assert pages[0].wire.aborted
    for page in pages[1:]:
        page.read()
        assert page.regions == {"job-a": "<li>1</li>"}


def test_a_large_room_is_served_in_bursts_and_completely() -> None:
    hub, timeline, pages = room(600)
    hub.publish(BOARD, {"job-a": "<li>1</li>"}, [], ("e", 2))
    assert not pages[-1].wire.written
    timeline.pass_time(0)
    for page in pages:
        page.read()
        assert page.regions == {"job-a": "<li>1</li>"}


def test_a_revoked_session_is_closed_and_stays_out() -> None:
    hub, _, (mine, theirs) = room(2)
    assert hub.close_holder({"s0"}) == 1
    assert mine.wire.closed == 4401
    assert theirs.wire.closed is None
    mine.dial()
    assert mine.wire.closed == 4401
    assert mine.wire.written == []
