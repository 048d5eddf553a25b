"""Brings every change of a shop to the hub: project, compare, render what differs, once.

Plain functions without await, so nothing comes between a change and what screens are shown.
Knows no sockets and no journal.
"""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from board.core.shop import Shop
from displays.audiences import Audiences, audiences
from displays.channel import Variant
from displays.frames import Position
from displays.hub import Hub, on_loop
from displays.render import Renderer
from displays.views.parts import Projection, View, differing
from displays.wire import Later

KEPT_SECONDS = 300.0
"""How long a variant that nobody watches is kept up to date."""

WINDOW_SECONDS = 0.02
"""After a change was shown, what follows within this time is shown together."""

REST = 2.0
"""The window is at least so many times as long as showing took: the doors get their share."""

log = logging.getLogger(__name__)

Sight = tuple[str, str, str, str]
"""Shop, audience, group and holder: what is projected once for all languages."""


@dataclass(slots=True)
class _Stage:
    """One sight: its last views, and the variants (one per language) that show them.

    `broken` variants could not be rendered last time and are shown whole as soon as they can.
    `anew` are those whose screens still show another history.
    """

    projection: Projection
    views: Mapping[str, View] = field(default_factory=dict)
    unwatched_since: dict[Variant, float | None] = field(default_factory=dict)
    broken: set[Variant] = field(default_factory=set)
    anew: set[Variant] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Present:
    shop: Shop
    now: datetime
    position: Position


class Live:
    """The variants that somebody watches, kept up to date.

    `elapsed` measures how long a variant is unwatched, in seconds; never the shop's clock.
    """

    def __init__(
        self,
        hub: Hub,
        renderer: Renderer,
        make_audiences: Callable[[], Audiences] = audiences,
        elapsed: Callable[[], float] = time.monotonic,
        later: Later = on_loop,
    ) -> None:
        self._hub = hub
        self._renderer = renderer
        self._make_audiences = make_audiences
        self._audiences = make_audiences()
        self._elapsed = elapsed
        self._present: dict[str, _Present] = {}
        self._stages: dict[Sight, _Stage] = {}
        self._told: dict[object, Position] = {}
        self._later = later
        self._resting: set[str] = set()
        self._unseen: dict[str, _Present] = {}

    def change(self, shop: Shop, now: datetime, position: Position) -> None:
        """Show what somebody has just done: at once, or with what else comes within the window.

        Pages and joining screens never wait for it: `ensure` shows it first.
        """
        known = self._present.get(shop.id)
        if shop.id in self._resting and known and known.position[0] == position[0]:
            self._unseen[shop.id] = _Present(shop, now, position)
            return
        began = self._elapsed()
        self.refresh(shop, now, position)
        seconds = max(WINDOW_SECONDS, REST * (self._elapsed() - began))
        self._resting.add(shop.id)
        self._later(seconds, lambda: self._rested(shop.id))

    def _rested(self, shop_id: str) -> None:
        self._resting.discard(shop_id)
        if (unseen := self._unseen.get(shop_id)) is not None:
            self.change(unseen.shop, unseen.now, unseen.position)

    def refresh(self, shop: Shop, now: datetime, position: Position) -> None:
        """Show `shop` at `now` on every variant of it; also the tick, with the shop unchanged.

        One that fails is logged and made whole by a later call; it stops no other.
        """
        self._unseen.pop(shop.id, None)
        before = self._present.get(shop.id)
        self._present[shop.id] = _Present(shop, now, position)
        if before is not None and before.position[0] != position[0]:
            self._begin_anew(shop.id)
        time_passes = before is not None and before.shop is shop
        for sight, stage in tuple(self._stages.items()):
            if sight[0] == shop.id:
                if time_passes:
                    self._drop_unwatched(sight, stage)
                if sight in self._stages:
                    self._advance(sight, stage)

    def _begin_anew(self, shop_id: str) -> None:
        """Another history: what was shown before is no ground for what is shown next."""
        for sight, stage in self._stages.items():
            if sight[0] == shop_id:
                stage.projection = self._projection_of(stage)
                stage.anew.update(stage.unwatched_since)

    def _projection_of(self, stage: _Stage) -> Projection:
        """One without memory for the same sight."""
        variant = next(iter(stage.unwatched_since))
        return self._audiences[variant.audience](variant)

    def ensure(self, variant: Variant) -> None:
        """Bring a variant into being before its page is made or its screen joins.

        KeyError for a shop that was never refreshed or an audience that does not exist.
        """
        if (unseen := self._unseen.get(variant.shop)) is not None:
            self.refresh(unseen.shop, unseen.now, unseen.position)
        present = self._present[variant.shop]
        sight = _sight(variant)
        stage = self._stages.get(sight)
        if stage is None:
            projection = self._audiences[variant.audience](variant)
            stage = _Stage(projection, projection.project(present.shop, present.now))
            self._stages[sight] = stage
        if variant not in stage.unwatched_since:
            self._show(stage, variant, present.position)
        stage.unwatched_since[variant] = None

    def regions(self, shop: Shop, now: datetime, variant: Variant) -> dict[str, str]:
        """Every region of a variant built from nothing: what screens must have come to."""
        views = self._make_audiences()[variant.audience](variant).project(shop, now)
        return self._rendered(views, variant.language)

    def now(self, shop: str) -> datetime:
        """The moment on the shop's clock at which it was last looked at."""
        return self._present[shop].now

    def _advance(self, sight: Sight, stage: _Stage) -> None:
        present = self._present[sight[0]]
        try:
            views = stage.projection.project(present.shop, present.now)
        except Exception:
            # What it remembers may be half of the old and half of the new.
            stage.projection = self._projection_of(stage)
            self._tell(sight, present.position)
            return
        before, stage.views = stage.views, views
        if views is before and not stage.broken and not stage.anew:
            for variant in stage.unwatched_since:
                self._hub.pass_by(variant, present.position)
            return
        ids, gone = differing(before, views)
        changed = {key: views[key] for key in ids if _differs(before.get(key), views[key])}
        for variant in stage.unwatched_since:
            try:
                self._bring(stage, variant, changed, gone, present.position)
                stage.broken.discard(variant)
            except Exception:
                stage.broken.add(variant)
                self._tell(variant, present.position)

    def _bring(
        self,
        stage: _Stage,
        variant: Variant,
        changed: Mapping[str, View],
        gone: Collection[str],
        position: Position,
    ) -> None:
        if variant in stage.anew:
            html = self._rendered(stage.views, variant.language)
            self._hub.renew(variant, html, position)
            stage.anew.discard(variant)
        elif variant in stage.broken:
            self._show(stage, variant, position)
        else:
            html = self._rendered(changed, variant.language)
            self._hub.publish(variant, html, gone, position)

    def _tell(self, what: Sight | Variant, position: Position) -> None:
        """Log the failure at hand, once for each position of the journal, not at every tick."""
        if self._told.get(what) != position:
            self._told[what] = position
            log.exception("%s could not be shown; it keeps what it shows", what)

    def _show(self, stage: _Stage, variant: Variant, position: Position) -> None:
        self._hub.show(variant, self._rendered(stage.views, variant.language), position)

    def _rendered(self, views: Mapping[str, View], language: str) -> dict[str, str]:
        return {key: self._renderer.region(key, view, language) for key, view in views.items()}

    def _drop_unwatched(self, sight: Sight, stage: _Stage) -> None:
        elapsed = self._elapsed()
        for variant, since in tuple(stage.unwatched_since.items()):
            if self._hub.watched(variant):
                stage.unwatched_since[variant] = None
            elif since is None:
                stage.unwatched_since[variant] = elapsed
            elif elapsed - since > KEPT_SECONDS:
                del stage.unwatched_since[variant]
                stage.broken.discard(variant)
                stage.anew.discard(variant)
                self._hub.forget(variant)
        if not stage.unwatched_since:
            del self._stages[sight]


def _sight(variant: Variant) -> Sight:
    return variant.shop, variant.audience, variant.group, variant.holder


def _differs(before: View | None, after: View) -> bool:
    return before is not after and before != after
