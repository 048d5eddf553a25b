"""A screen that joins gets what it missed, or everything, or nothing; never a part."""

from displays.channel import TOMBSTONES
from displays.hub import FORGOTTEN_KEPT, Hub, Variant
from displays.wire import Screen
from tests.hub.paper import BOARD, Page, PaperWire, Timeline, make_hub

CARDS = {"job-a": "<li>a</li>", "job-b": "<li>b</li>", "count": "<b>2</b>"}


def filled() -> tuple[Hub, Timeline]:
    timeline = Timeline()
    hub = make_hub(timeline)
    hub.show(BOARD, CARDS, ("e", 1))
    return hub, timeline


def joined(hub: Hub) -> Page:
    page = Page(hub)
    page.dial()
    return page


def test_a_new_screen_gets_one_snapshot_and_a_heartbeat() -> None:
    hub, _ = filled()
    page = joined(hub)
    snapshot, beat = page.heard
    assert snapshot["full"]
    assert (snapshot["epoch"], snapshot["seq"]) == ("e", 1)
    assert page.regions == CARDS
    assert beat["beat"]
    assert beat["rev"] == snapshot["rev"]


def test_a_page_rendered_from_the_hub_gets_nothing_but_a_heartbeat() -> None:
    hub, _ = filled()
    shown = hub.shown(BOARD)
    page = Page(hub)
    page.boot, page.rev, page.regions = shown.boot, shown.rev, dict(shown.regions)
    page.dial()
    assert page.frames == []
    assert len(page.heard) == 1


def test_a_returning_screen_gets_only_what_changed_and_went() -> None:
    hub, _ = filled()
    page = joined(hub)
    page.hang_up()
    hub.publish(BOARD, {"job-a": "<li>a2</li>", "job-c": "<li>c</li>"}, ["job-b"], ("e", 2))
    hub.publish(BOARD, {"job-a": "<li>a3</li>"}, [], ("e", 3))
    page.dial()
    delta = page.frames[-1]
    assert not delta["full"]
    assert delta["regions"] == {"job-c": "<li>c</li>", "job-a": "<li>a3</li>"}
    assert delta["gone"] == ["job-b"]
    assert page.regions == hub.shown(BOARD).regions


def test_a_region_that_went_and_came_back_is_not_gone() -> None:
    hub, _ = filled()
    page = joined(hub)
    page.hang_up()
    hub.publish(BOARD, {}, ["job-a"], ("e", 2))
    hub.publish(BOARD, {"job-a": "<li>again</li>"}, [], ("e", 3))
    page.dial()
    assert page.frames[-1]["gone"] == []
    assert page.regions["job-a"] == "<li>again</li>"


def test_a_screen_of_another_boot_gets_a_snapshot() -> None:
    hub, timeline = filled()
    page = joined(hub)
    page.hub = make_hub(timeline, boot="boot-2")
    page.hub.show(BOARD, {"job-z": "<li>z</li>"}, ("e", 9))
    page.dial()
    assert page.frames[-1]["full"]
    assert page.regions == {"job-z": "<li>z</li>"}


def test_a_rev_of_another_variant_does_not_count() -> None:
    hub, _ = filled()
    chinese = Variant("shop", "board", "zh-Hans")
    hub.show(chinese, {"job-a": "<li>甲</li>"}, ("e", 1))
    page = joined(hub)
    page.dial(chinese)
    assert page.frames[-1]["full"]
    assert page.regions == {"job-a": "<li>甲</li>"}


def test_a_screen_that_claims_the_future_gets_a_snapshot() -> None:
    hub, _ = filled()
    page = joined(hub)
    page.rev = 99
    page.dial()
    assert page.frames[-1]["full"]


def test_a_screen_older_than_the_oldest_tombstone_gets_a_snapshot() -> None:
    hub, _ = filled()
    page = joined(hub)
    page.hang_up()
    crowd = {f"x{n}": "<i></i>" for n in range(TOMBSTONES + 1)}
    hub.publish(BOARD, crowd, [], ("e", 2))
    hub.publish(BOARD, {}, tuple(crowd), ("e", 3))
    page.dial()
    assert page.frames[-1]["full"]
    assert page.regions == CARDS


def test_a_variant_that_was_forgotten_never_counts_its_revs_twice() -> None:
    hub, _ = filled()
    page = joined(hub)
    hub.forget(BOARD)
    assert page.wire.closed == 1012
    hub.show(BOARD, {"job-n": "<li>n</li>"}, ("e", 5))
    page.dial()
    assert page.frames[-1]["full"]
    assert page.regions == {"job-n": "<li>n</li>"}


def test_many_forgotten_variants_take_no_memory_and_no_rev_comes_twice() -> None:
    hub, _ = filled()
    page = joined(hub)
    hub.publish(BOARD, {"job-a": "<li>later</li>"}, (), ("e", 2))
    page.hang_up()
    hub.forget(BOARD)
    for number in range(2 * FORGOTTEN_KEPT):
        other = Variant("shop", "tv", "en", f"bay-{number}")
        hub.show(other, {}, ("e", 2))
        hub.forget(other)
    assert len(hub._last_rev) == FORGOTTEN_KEPT
    hub.show(BOARD, {"job-n": "<li>n</li>"}, ("e", 5))
    page.dial()
    assert page.regions == {"job-n": "<li>n</li>"}


def test_people_of_one_shop_are_closed_and_nobody_else() -> None:
    hub, _ = filled()
    wires = {}
    for session, person in (("s1", "ann"), ("s2", "ann"), ("s3", "bob"), ("s4", "")):
        wires[session] = PaperWire()
        hub.join(Screen(BOARD, session, wires[session], person), None, None)
    assert hub.close_people("elsewhere", {"ann"}) == 0
    assert hub.close_people(BOARD.shop, {"ann", ""}) == 2
    assert {key for key, wire in wires.items() if wire.closed == 4401} == {"s1", "s2"}
    again = PaperWire()
    hub.join(Screen(BOARD, "s1", again, "ann"), None, None)
    assert again.closed == 4401


def test_showing_a_known_variant_again_sends_only_the_difference() -> None:
    hub, _ = filled()
    page = joined(hub)
    hub.show(BOARD, {"job-a": "<li>a</li>", "count": "<b>1</b>"}, ("e", 2))
    page.read()
    assert page.frames[-1]["regions"] == {"count": "<b>1</b>"}
    assert page.frames[-1]["gone"] == ["job-b"]
