"""Every text of an event is either personal, and so sealed, or stands here with a reason."""

import dataclasses
import typing
from collections.abc import Iterator, Mapping

import pytest

from board.codec import EVENTS
from board.core.job import Job
from board.core.personal import MARK

PLAIN: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "job",
            "jobs",
            "lines",
            "OrderSigned.approves",
            "id",
            "line",
            "part",
            "bay",
            "number",
            "ticket",
            "command_id",
            "photos",
            "device",
            "code",
            "Comeback.order",
            "kept",
            "merged",
            "moved",
            "call",
            "gate",
            "track",
        ),
        "made by the shop: tells nobody who has no key",
    ),
    **dict.fromkeys(
        (
            "advisor",
            "technician",
            "technicians",
            "receiver",
            "by",
            "ended_by",
            "called_by",
            "owner",
            "subject",
            "driver",
            "inspector",
            "Person.id",
            "Person.name",
            "Person.bays",
            "Person.skills",
            "PersonRemoved.person",
            "AbsenceMarked.person",
            "AbsenceEnded.person",
            "used_by",
        ),
        "who works here, not who brought a car",
    ),
    **dict.fromkeys(
        (
            "state",
            "source",
            "to",
            "from_state",
            "kind",
            "defect",
            "overrides",
            "what",
            "point",
            "unit",
            "Answered.text",
            "language",
            "point",
            "points",
            "skill",
        ),
        "a word of the shop's own list",
    ),
    **dict.fromkeys(
        (
            "Settings.name",
            "Settings.phone",
            "Settings.wifi",
            "Settings.time_zone",
            "Settings.retention",
            "Settings.indirect_codes",
            "CatalogueImported.removed",
            "CatalogueItem.text",
            "BaySetUp.name",
        ),
        "the shop and its places",
    ),
    **dict.fromkeys(("CheckBook.*", "CheckTemplate.*", "Point.*"), "how the shop checks"),
    **dict.fromkeys(("Workflow.*", "Step.*", "Way.*"), "how the shop works"),
    "BayReported.reason": "what a sensor measured, in words",
}


def _texts(kind: type, seen: set[type]) -> Iterator[tuple[str, str, bool]]:
    """(class, field, personal) of every text in a value of this class and in what it holds."""
    if kind in seen:
        return
    seen.add(kind)
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        for leaf in _leaves(hint):
            if leaf is str or _is_marked(leaf):
                yield kind.__name__, name, _is_marked(leaf)
            elif isinstance(leaf, type) and dataclasses.is_dataclass(leaf):
                yield from _texts(leaf, seen)


def _leaves(hint: object) -> Iterator[object]:
    if _is_marked(hint) or not typing.get_args(hint):
        yield hint
        return
    for inner in typing.get_args(hint):
        yield from _leaves(inner)


def _is_marked(hint: object) -> bool:
    return typing.get_origin(hint) is typing.Annotated and MARK in typing.get_args(hint)


def _explained(kind: str, name: str) -> bool:
    return not PLAIN.keys().isdisjoint({name, f"{kind}.{name}", f"{kind}.*"})


@pytest.mark.parametrize("kind", [*EVENTS.values(), Job], ids=lambda kind: kind.__name__)
def test_every_text_is_personal_or_explained(kind: type) -> None:
    found = [
        f"{owner}.{name}"
        for owner, name, personal in _texts(kind, set())
        if not personal and not _explained(owner, name)
    ]
    assert found == []


def test_nothing_is_explained_that_is_not_there() -> None:
    there = {
        key
        for kind in (*EVENTS.values(), Job)
        for owner, name, personal in _texts(kind, set())
        if not personal
        for key in (name, f"{owner}.{name}", f"{owner}.*")
    }
    assert PLAIN.keys() - there == set()


def test_no_personal_text_lies_in_a_table_of_texts() -> None:
    """`leaves.taken` walks fields and lists; what lies under keys by choice it would pass over."""
    for kind in (*EVENTS.values(), Job):
        for hint in typing.get_type_hints(kind, include_extras=True).values():
            assert not (
                typing.get_origin(hint) is Mapping
                and any(_is_marked(leaf) for leaf in _leaves(hint))
            )


def test_no_event_has_a_field_called_sealed() -> None:
    assert all("sealed" not in typing.get_type_hints(kind) for kind in EVENTS.values())
