"""What would be heard no more if a family of devices were closed. Plain values for JSON. Pure."""

from collections.abc import Sequence

from devices.adapters import Adapter
from devices.logbook import Logbook
from devices.openings import Opening
from devices.profiles.profile import KINDS
from devices.recall import Recall, adapters_of
from devices.rehearsal import Stage
from devices.situation import Situation
from devices.telling import Told, told_list


def told_closing(here: Situation, stage: Stage, opening: Opening) -> Told:
    """The bound devices that would fall silent, with where they hang, and how many unbound ones.

    `is_sure`: it was heard by this family alone; else it has said nothing yet and may be one of it.
    """
    opened = opening.open()
    # The one that listens may know more than the file says, such as the shop's time zone.
    closed = next((one for one in stage.adapters if one.filters == opened.filters), opened)
    others = [one for one in stage.adapters if one != closed]
    bound = told_list(here)["bound"]
    assert isinstance(bound, list)
    fates = [
        (one, _is_silenced(here.logbooks.get(one["id"]), stage.recall, closed, others))
        for one in bound
    ]
    books = [here.logbooks.get(one.device) for one in here.unbound]
    return {
        "devices": [
            {**{key: one[key] for key in ("id", "name", "hooks")}, "is_sure": fate is True}
            for one, fate in fates
            if fate or (fate is None and _may_be_of(one["id"], opening))
        ],
        "unbound": sum(_is_silenced(one, stage.recall, closed, others) is True for one in books),
    }


def _is_silenced(
    book: Logbook | None, recall: Recall, closed: Adapter, others: Sequence[Adapter]
) -> bool | None:
    """Whether all that it said came by the family to be closed; None: it has said nothing yet."""
    topics = {one.topic for one in book.messages} if book else set()
    if not topics:
        return None
    every = [closed, *others]
    return all(adapters_of(recall, every, topic) == [closed] for topic in topics)


def _may_be_of(device: str, opening: Opening) -> bool:
    return device.partition(":")[0] == KINDS.get(opening.name)
