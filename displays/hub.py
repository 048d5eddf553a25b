"""Who watches what: the live channels of one process, kept and reached by variant.

Plain functions on the event loop's thread, so nothing comes between a join and a publish.
Knows no jobs: html comes in by region id, frames go out.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from displays.channel import Channel, Shown, Variant
from displays.fanout import Counts, Fanout
from displays.frames import Position, order
from displays.reports import Report, agrees
from displays.wire import COME_BACK, REVOKED, Cancel, Heard, Later, Screen

BEAT_SECONDS = 5.0

SOONEST_SECONDS = 5.0
"""Reports that follow the last one sooner are not looked at: comparing costs time."""

REVOCATIONS_KEPT = 4096

FORGOTTEN_KEPT = 256
"""Of so many forgotten variants the last rev is known; all others go on above the highest."""

__all__ = ["BEAT_SECONDS", "Hub", "Position", "Screen", "Shown", "Variant", "pulse"]


class Hub:
    """The live channels of one process. `boot` names the process, `rate` is the clock's speed."""

    def __init__(
        self,
        boot: str,
        build: str,
        clock: Callable[[], datetime],
        rate: float = 1.0,
        later: Later | None = None,
    ) -> None:
        self.boot = boot
        self.build = build
        self.counts = Counts()
        self.draining = False
        self._clock = clock
        self._rate = rate
        self._later = later or on_loop
        self._fanouts: dict[Variant, Fanout] = {}
        self._last_rev: dict[Variant, int] = {}
        self._highest_rev = 0
        self._revoked: dict[str, None] = {}

    def put_off(self, later: Later) -> None:
        """From here on wait by other means than the running loop, as measurements do."""
        self._later = later

    def show(self, variant: Variant, regions: Mapping[str, str], position: Position) -> None:
        """Fill a variant; one that is shown already changes to exactly these regions."""
        known = self._fanouts.get(variant)
        if known is not None:
            gone = known.channel.regions.keys() - regions.keys()
            self.publish(variant, regions, gone, position)
            return
        rev = self._last_rev.pop(variant, self._highest_rev) + 1
        channel = Channel(variant.token(self.boot), rev, regions, position, self._clock())
        self._fanouts[variant] = Fanout(channel, self.counts, self._later)

    def renew(self, variant: Variant, regions: Mapping[str, str], position: Position) -> None:
        """Show the regions of another history: every screen gets one snapshot.

        KeyError if the variant was never filled.
        """
        self._fanouts[variant].renew(regions, position, self._clock())

    def knows(self, variant: Variant) -> bool:
        """Whether a variant has been filled."""
        return variant in self._fanouts

    def variants(self) -> tuple[Variant, ...]:
        """Every variant that is kept up to date."""
        return tuple(self._fanouts)

    def watched(self, variant: Variant) -> int:
        """How many screens look at a variant."""
        known = self._fanouts.get(variant)
        return len(known.screens) if known else 0

    def shown(self, variant: Variant) -> Shown:
        """What pages must render from. KeyError if the variant was never filled."""
        return self._fanouts[variant].channel.shown(self._clock())

    def forget(self, variant: Variant) -> None:
        """Stop keeping a variant; its screens, if any, are told to dial again."""
        known = self._fanouts.pop(variant, None)
        if known is not None:
            self._remember_rev(variant, known.channel.rev)
            known.disband(COME_BACK)

    def _remember_rev(self, variant: Variant, rev: int) -> None:
        self._last_rev[variant] = rev
        while len(self._last_rev) > FORGOTTEN_KEPT:
            oldest = self._last_rev.pop(next(iter(self._last_rev)))
            self._highest_rev = max(self._highest_rev, oldest)

    def publish(
        self,
        variant: Variant,
        changed: Mapping[str, str],
        gone: Collection[str],
        position: Position,
    ) -> None:
        """Take in a change and send it: at once, or within 20 ms if a frame went just before.

        KeyError if the variant was never filled. Regions that stay the same raise no rev; an
        empty change only moves the position that heartbeats tell.
        """
        self._fanouts[variant].publish(changed, gone, position, self._clock())

    def pass_by(self, variant: Variant, position: Position) -> None:
        """Nothing that this variant shows has changed up to `position`; KeyError as above."""
        self._fanouts[variant].channel.position = position

    def join(self, screen: Screen, boot: str | None, rev: int | None) -> None:
        """Bring a screen that stands at (boot, rev) up to date, now and from here on.

        It gets what changed and went since, or one snapshot, or nothing; then a heartbeat.
        Joining again is how a screen asks anew. KeyError if its variant was never filled.
        """
        fanout = self._fanouts[screen.variant]
        if screen.session in self._revoked:
            fanout.dismiss(screen, REVOKED)
            return
        fanout.join(screen, boot, rev)
        self._beat(fanout, (screen,))

    def leave(self, screen: Screen) -> None:
        """Forget a screen; harmless if it has left already."""
        known = self._fanouts.get(screen.variant)
        if known is not None:
            known.leave(screen)

    def note(self, screen: Screen, report: Report, loop_time: float) -> None:
        """Remember what a screen says of itself, and whether it shows what it was sent."""
        if screen.heard and loop_time - screen.heard.loop_time < SOONEST_SECONDS:
            return
        known = self._fanouts.get(screen.variant)
        channel = known.channel if known else None
        verdict = None
        if channel and (report.boot, report.rev) == (channel.boot, channel.rev):
            verdict = agrees(report, channel.regions)
        screen.heard = Heard(report, loop_time, verdict)

    def tell(self, shop: str, account: str, what: str) -> int:
        """Order every screen of a paired account to do something; how many there were."""
        theirs = [
            each for each in self.screens() if (each.variant.shop, each.account) == (shop, account)
        ]
        data = order(what)
        for screen in theirs:
            self._fanouts[screen.variant].send(screen, data)
        return len(theirs)

    def beat(self) -> None:
        """Tell every screen the head of both counts, as far as its variant has come."""
        for fanout in self._fanouts.values():
            if fanout.screens:
                self._beat(fanout, tuple(fanout.screens))

    def _beat(self, fanout: Fanout, screens: Iterable[Screen]) -> None:
        built = fanout.channel.beat(self._clock(), self._rate, self.build)
        fanout.beat(built, screens)

    def close_holder(self, session_ids: Collection[str], code: int = REVOKED) -> int:
        """Close every screen of these sessions; how many there were.

        A revoked session is remembered: a screen of it that is just being let in stays out.
        """
        if code == REVOKED:
            self._revoked.update(dict.fromkeys(session_ids))
            while len(self._revoked) > REVOCATIONS_KEPT:
                self._revoked.pop(next(iter(self._revoked)))
        screens = [screen for screen in self.screens() if screen.session in session_ids]
        for screen in screens:
            self._fanouts[screen.variant].dismiss(screen, code)
        return len(screens)

    def close_people(self, shop: str, people: Collection[str], code: int = REVOKED) -> int:
        """Close every screen that these people of a shop look at; how many there were."""
        theirs = (each for each in self.screens() if each.variant.shop == shop and each.person)
        return self.close_holder({each.session for each in theirs if each.person in people}, code)

    async def drain(
        self, batch: int = 50, code: int = COME_BACK, pause_seconds: float = 0.2
    ) -> None:
        """Send everybody away in batches, as before a deploy; newcomers are turned away too."""
        self.draining = True
        while screens := self.screens()[:batch]:
            for screen in screens:
                self._fanouts[screen.variant].dismiss(screen, code)
            await asyncio.sleep(pause_seconds)

    def screens(self) -> list[Screen]:
        """Every screen that is connected."""
        return [screen for fanout in self._fanouts.values() for screen in fanout.screens]

    def gauges(self) -> dict[str, float]:
        """Counts since the start and figures of now by name, for the metrics page."""
        screens = self.screens()
        figures = {name: float(count) for name, count in asdict(self.counts).items()}
        figures["screens"] = len(screens)
        figures["variants"] = len(self._fanouts)
        figures["behind"] = sum(screen.deadline is not None for screen in screens)
        figures["unsent_bytes"] = sum(screen.wire.unsent() for screen in screens)
        return figures


def on_loop(seconds: float, call: Callable[[], None]) -> Cancel:
    """Call a function after so many seconds, on the loop that runs."""
    return asyncio.get_running_loop().call_later(seconds, call)


async def pulse(hub: Hub) -> None:
    """Beat for ever."""
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        hub.beat()
