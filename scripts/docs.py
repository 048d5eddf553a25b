"""Writes docs/commands.md, docs/events.md and docs/workflow.md from the tables of the core.

`python scripts/docs.py` writes them; `pages()` gives them, so that a test sees when one is stale.
"""

import dataclasses
from collections.abc import Iterable
from pathlib import Path

from board.codec import COMMANDS, EVENTS
from board.core import commands as c
from board.core.permissions import ASKERS
from board.core.refusals import SENTENCES
from board.core.roles import PEOPLE_ROLES, Role
from board.core.workflow import Lane, Step, Through, Way, Workflow
from board.core.workflow_shipped import SHIPPED

DOCS = Path(__file__).parents[1] / "docs"

COMMANDS_INTRO = """# Commands

Everything that can be asked of a shop. Pages, programs, sensors and time all send these and \
nothing else; `docs/api.md` says how over HTTP, `/openapi.json` gives the form of every field. \
A command is granted, and is on disk then, or refused with one of the codes below.

All take `reason`; a manager may do what their roles lack, with a reason. Fields in bold must be \
given. Booking and receiving share the fields of `OpenJob`; the job's id is made at the door when \
it is left out."""

OWN_DOORS = """Sensors, time and the doors of accounts have commands of their own, which nobody \
can send over HTTP:"""

EVENTS_INTRO = """# Events

What the journal keeps, and what `GET /api/v1/events` gives. Names and meanings never change; a \
new shape gets a higher `version`, and older ones are upgraded when they are read."""

WORKFLOW_INTRO = """# The workflow

The order's way as it ships: one row of the table for each state. A shop may leave out steps or \
rename them in its shop file; what cannot reach delivery is refused. Rules ask this table and \
compare states nowhere else.

Left out of the picture: holding, which every open state from receiving on allows and which \
returns to where it came from (or, out of work, to waiting for its start again), and cancelling, \
which needs a reason."""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([_row(*head), "|" + "---|" * len(head), *(_row(*row) for row in rows)])


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _first_sentence(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def _is_needed(each: "dataclasses.Field[object]") -> bool:
    missing = dataclasses.MISSING
    return each.default is missing and each.default_factory is missing


def _fields(kind: type[c.Command]) -> str:
    own = [each for each in dataclasses.fields(kind) if each.name != "reason"]
    needed = [f"**`{each.name}`**" for each in own if _is_needed(each)]
    return ", ".join([*needed, *(f"`{each.name}`" for each in own if not _is_needed(each))])


def _roles(roles: Iterable[Role]) -> str:
    held = set(roles)
    return "everybody" if held >= set(PEOPLE_ROLES) else ", ".join(sorted(held))


def _has_own_door(kind: type[c.Command]) -> bool:
    return kind is c.NoteAccess or ASKERS[kind] <= {Role.device, Role.timekeeper}


def commands_page() -> str:
    """docs/commands.md: every command, its fields, who may ask it; every refusal."""
    people = [(name, kind) for name, kind in COMMANDS.items() if not _has_own_door(kind)]
    own = [(name, kind) for name, kind in COMMANDS.items() if _has_own_door(kind)]
    asked = _table(
        ("Command", "Does", "Fields", "Open to"),
        (
            (f"`{name}`", _first_sentence(kind), _fields(kind), _roles(ASKERS[kind]))
            for name, kind in people
        ),
    )
    told = _table(
        ("Command", "Does", "Fields"),
        ((f"`{name}`", _first_sentence(kind), _fields(kind)) for name, kind in own),
    )
    refusals = _table(
        ("Code", "Sentence"), ((f"`{code}`", sentence) for code, sentence in SENTENCES.items())
    )
    return _page(COMMANDS_INTRO, asked, OWN_DOORS, told, "## Refusals", refusals)


def events_page() -> str:
    """docs/events.md: every kind of event, what it means and what it holds."""
    rows = (
        (f"`{name}`", _first_sentence(kind), _code(each.name for each in dataclasses.fields(kind)))
        for name, kind in EVENTS.items()
    )
    return _page(EVENTS_INTRO, _table(("Kind", "Means", "Holds"), rows))


def _is_drawn(way: Way) -> bool:
    return way.through not in {Through.hold, Through.resume, Through.cancel}


def _arrow(step: Step, way: Way) -> str:
    deed = "" if way.through == Through.move else f": {way.through}"
    return f"    {step.state} --> {way.to}{deed}"


def _diagram(flow: Workflow) -> str:
    arrows = [
        _arrow(step, way) for step in flow.steps.values() for way in step.ways if _is_drawn(way)
    ]
    lines = [
        "stateDiagram-v2",
        "    [*] --> booked",
        "    [*] --> arrived",
        "    [*] --> receiving",
        *arrows,
        "    delivered --> [*]",
    ]
    return "\n".join(["```mermaid", *lines, "```"])


def _way(way: Way) -> str:
    return f"`{way.to}` ({way.through}: {', '.join(sorted(way.by))})"


def _ways(step: Step) -> str:
    if step.lane == Lane.hold:
        return "the state it came from (resume), `dispatched`, `cancelled`"
    return "<br>".join(_way(way) for way in step.ways) or "nowhere"


def workflow_page() -> str:
    """docs/workflow.md: the shipped workflow as a diagram and as a table."""
    rows = (
        (f"`{step.state}`", step.lane.value, step.check.value if step.check else "", _ways(step))
        for step in SHIPPED.steps.values()
    )
    table = _table(("State", "Lane", "Check", "Leads to (through: by whom)"), rows)
    return _page(WORKFLOW_INTRO, _diagram(SHIPPED), table)


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def pages() -> dict[Path, str]:
    """The text of each generated page by its file."""
    return {
        DOCS / "commands.md": commands_page(),
        DOCS / "events.md": events_page(),
        DOCS / "workflow.md": workflow_page(),
    }


def main() -> None:
    """Write every page."""
    for file, text in pages().items():
        file.write_text(text)


if __name__ == "__main__":
    main()
