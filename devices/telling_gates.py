"""What is told to whoever looks after gates: cameras and sensors to choose from, what each gate
would have done in shadow. Plain values for JSON. Pure.
"""

from collections.abc import Iterator

from devices.gates import PLATE, TELLS
from devices.ids import CHANNEL
from devices.logbook import Logbook
from devices.placed import stands_for
from devices.shadow import Deed
from devices.situation import Situation
from devices.telling import Told, told_list
from devices.telling_bind import Watched

MOST_DEEDS = 20
MOST_CHOICES = 200


def told_gates(seen: Watched) -> Told:
    """The cameras that were heard, the channels that may tell of a passage, what each gate's
    sensors say now, and what gates in shadow would have done.
    """
    here = seen.here
    listed = told_list(here)
    names: dict[str, str] = {}
    for devices in (listed["bound"], listed["unbound"]):
        assert isinstance(devices, list)
        names |= {one["id"]: one["name"] for one in devices}
    books = [(one, here.logbooks.get(one)) for one in names]
    return {
        "cameras": [
            {"id": one, "name": names[one]} for one, book in books if book and PLATE in book.last
        ],
        "tells": [
            {**told, "name": names[one]}
            for one, book in books
            if book
            for told in _tells(one, book)
        ][:MOST_CHOICES],
        "now": list(_now(here)),
        "deeds": _deeds(seen),
    }


def _deeds(seen: Watched) -> list[Told]:
    found = [one for one in seen.watching.shadows.last if one.deed in (Deed.passage, Deed.plate)]
    return [
        {"at": one.at.isoformat(), "deed": one.deed.value, "place": one.place, "value": one.value}
        for one in found[:MOST_DEEDS]
    ]


def _tells(device: str, book: Logbook) -> Iterator[Told]:
    for channel, (value, _) in book.last.items():
        if CHANNEL.match(channel) and stands_for(channel, TELLS):
            yield {"device": device, "channel": channel, "value": value}


def _now(here: Situation) -> Iterator[Told]:
    """What was heard last of each gate, and whether one can go through by it."""
    for gate in here.bindings.gates.tables:
        device, channel = gate.key
        book = here.logbooks.get(device)
        value, at = book.last.get(channel, (None, None)) if book else (None, None)
        yield {
            "gate": gate.name,
            "channel": channel,
            "open": gate.is_open(value) if isinstance(value, bool) else None,
            "at": at.isoformat() if at else None,
        }
