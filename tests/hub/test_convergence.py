"""Whatever happens to screens and in whatever order: they end up showing what the hub shows."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.hub.paper import BOARD, Page, Timeline, make_hub

IDS = st.sampled_from([f"job-{n}" for n in range(8)])
HTML = st.text(alphabet="ab", max_size=2)
PAGES = st.integers(0, 4)
CALM_CHANGES = 5
"""So many changes lie between two upheavals, or nothing would ever be sent for long."""


class Hall(RuleBasedStateMachine):
    """Five pages, some with compression, over one hub."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline()
        self.seq = 1
        self.restarts = 0
        self.calm = 0
        self.hub = make_hub(self.timeline)
        self.hub.show(BOARD, {"job-0": "a"}, ("e", 1))
        self.pages = [Page(self.hub, compressed=number % 2 == 0) for number in range(5)]
        for page in self.pages:
            page.dial()

    @rule(changed=st.dictionaries(IDS, HTML, max_size=4), gone=st.sets(IDS, max_size=3))
    def publish(self, changed: dict[str, str], gone: set[str]) -> None:
        self.seq += 1
        self.calm += 1
        self.hub.publish(BOARD, changed, gone, ("e", self.seq))

    @rule(number=PAGES)
    def join(self, number: int) -> None:
        self.pages[number].dial()

    @rule(number=PAGES)
    def leave(self, number: int) -> None:
        self.pages[number].hang_up()

    @rule(number=PAGES)
    def stop_reading(self, number: int) -> None:
        self.pages[number].wire.slow = True

    @rule(number=PAGES)
    def read_on(self, number: int) -> None:
        self.pages[number].wire.drain()

    @rule(number=PAGES, rev=st.one_of(st.none(), st.integers(-1, 30)))
    def ask_anew(self, number: int, rev: int | None) -> None:
        page = self.pages[number]
        if page.screen is not None and page.screen in self.hub.screens():
            page.read()
            page.hub.join(page.screen, page.boot, page.rev if rev is None else None)

    @rule(seconds=st.sampled_from([0.0, 0.01, 0.03, 3.0]))
    def pass_time(self, seconds: float) -> None:
        self.timeline.pass_time(seconds)

    @rule()
    def beat(self) -> None:
        self.hub.beat()

    @precondition(lambda self: self.calm > CALM_CHANGES)
    @rule()
    def forget_and_show_again(self) -> None:
        self.calm = 0
        regions = self.hub.shown(BOARD).regions
        self.hub.forget(BOARD)
        self.hub.show(BOARD, regions, ("e", self.seq))

    @precondition(lambda self: self.calm > CALM_CHANGES)
    @rule()
    def restart(self) -> None:
        self.calm = 0
        regions = self.hub.shown(BOARD).regions
        for page in self.pages:
            page.hang_up()
        self.restarts += 1
        self.hub = make_hub(self.timeline, f"restart-{self.restarts}")
        self.hub.show(BOARD, regions, ("e", self.seq))
        for page in self.pages:
            page.hub = self.hub

    @invariant()
    def nobody_shows_what_never_was(self) -> None:
        for page in self.pages:
            page.read()
            if page.boot == self.hub.shown(BOARD).boot and page.rev == self.hub.shown(BOARD).rev:
                assert page.regions == self.hub.shown(BOARD).regions

    def teardown(self) -> None:
        for page in self.pages:
            page.wire.drain()
            if page.screen is None or not page.wire.takes:
                page.dial()
        self.timeline.pass_time(1)
        for page in self.pages:
            page.read()
            assert page.regions == self.hub.shown(BOARD).regions


TestConvergence = Hall.TestCase
TestConvergence.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
