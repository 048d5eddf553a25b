"""Who watches: the audiences, what each sees, and how its variants are made."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from displays.channel import Variant
from displays.views.board import BoardProjection
from displays.views.crew import Crew
from displays.views.desk import DeskProjection
from displays.views.expected import ArrivalsProjection
from displays.views.lounge import LoungeProjection
from displays.views.overview import OverviewProjection
from displays.views.parts import Projection
from displays.views.queue import QueueProjection
from displays.views.speech import Speaking, help_calls, ready_calls, turn_calls
from displays.views.tablet import TabletProjection
from displays.views.tv import TvProjection

Audiences = Mapping[str, Callable[[Variant], Projection]]
"""By name of the audience: what sees the shop as this variant does."""


def _never() -> bool:
    """One server has nobody to be out of touch with."""
    return False


def audiences(out_of_touch: Callable[[], bool] = _never) -> Audiences:
    """Every audience. Projections made by one call share what all tablets of a shop need.

    `out_of_touch`: whether this server does not hear of the others at once, which staff see.
    """
    crews: defaultdict[str, Crew] = defaultdict(Crew)
    return {
        "board": lambda variant: BoardProjection(out_of_touch),
        "tv": lambda variant: Speaking(TvProjection(variant.group), help_calls(variant.group)),
        "overview": lambda variant: Speaking(
            OverviewProjection(variant.group), help_calls(variant.group)
        ),
        "lounge": lambda variant: Speaking(LoungeProjection(), ready_calls()),
        "queue": lambda variant: Speaking(QueueProjection(), turn_calls()),
        "arrivals": lambda variant: ArrivalsProjection(),
        "desk": lambda variant: DeskProjection(),
        "tablet": lambda variant: TabletProjection(variant.holder, crews[variant.shop]),
    }


IN_TURN = frozenset({"lounge", "queue"})
"""Audiences whose pages may show two languages in turn."""


def languages_for(audience: str, language: str, second: str) -> str:
    """The language of a variant: one tag, or two with a plus where they take turns."""
    takes_turns = audience in IN_TURN and second not in ("", language)
    return f"{language}+{second}" if takes_turns else language


def variant_for(shop: str, audience: str, language: str, group: str, holder: str) -> Variant:
    """The variant somebody looks at: a group is for the workshop TV, a holder for the tablet.

    What an audience does not tell apart is left out, so that as many as possible share one.
    """
    return Variant(
        shop,
        audience,
        language,
        group if audience in ("tv", "overview") else "",
        holder if audience == "tablet" else "",
    )
