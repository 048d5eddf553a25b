"""A shop put back to an earlier moment: each screen gets one snapshot, whatever it stood at."""

from displays.channel import Variant
from displays.live import Live
from tests.builders import Trial, received, working
from tests.displays.walls import english
from tests.hub.paper import Page, Timeline, make_hub

TV = Variant("test", "tv", "en")
LOUNGE = Variant("test", "lounge", "zh-Hans")


def test_every_screen_gets_one_snapshot_with_the_epoch_and_a_lower_seq() -> None:
    """Falls over without `_begin_anew` in `Live.refresh`: what did not change would not be sent,
    and a screen that joins from a rev of the old history would get a difference."""
    timeline = Timeline()
    hub = make_hub(timeline)
    live = Live(hub, english())
    trial = working(Trial())
    before = trial.shop
    received(trial, "j2", "沪B8K321")
    live.refresh(trial.shop, trial.now, ("old", trial.shop.seq))
    pages = {}
    for variant in (TV, LOUNGE):
        live.ensure(variant)
        pages[variant] = Page(hub)
        pages[variant].dial(variant)
    asleep = Page(hub)
    asleep.dial(TV)
    asleep.hang_up()
    timeline.pass_time(1)
    revs = {variant: page.rev for variant, page in pages.items()}

    live.refresh(before, trial.now, ("new", before.seq))
    live.refresh(before, trial.now, ("new", before.seq))
    timeline.pass_time(1)
    asleep.dial(TV)
    for variant, page in [*pages.items(), (TV, asleep)]:
        page.read()
        frame = page.frames[-1]
        assert (frame["full"], frame["epoch"], frame["seq"]) == (True, "new", before.seq)
        assert [each["epoch"] for each in page.frames].count("new") == 1
        assert frame["rev"] > (revs[variant] or 0)
        assert page.regions == live.regions(before, trial.now, variant)
    assert {hub.shown(each).position for each in pages} == {("new", before.seq)}


def test_a_history_without_difference_is_a_snapshot_too() -> None:
    timeline = Timeline()
    hub = make_hub(timeline)
    live = Live(hub, english())
    trial = working(Trial())
    live.refresh(trial.shop, trial.now, ("old", 7))
    live.ensure(TV)
    page = Page(hub)
    page.dial(TV)
    timeline.pass_time(1)
    live.refresh(trial.shop, trial.now, ("new", 7))
    page.read()
    assert (page.frames[-1]["full"], page.frames[-1]["epoch"]) == (True, "new")
