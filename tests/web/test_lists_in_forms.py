"""Several values of one kind in a form: each under its number, in the order of the numbers."""

from board.codec import command_from
from board.core.commands import SaveSheet
from board.core.sheet import Mark, MarkKind
from board.web.forms import command_body
from tests.builders import NOW

SCRATCH = {"sheet.marks.104.kind": "scratch", "sheet.marks.104.x": "0.25", "sheet.marks.104.y": "1"}
DENT = {"sheet.marks.2.kind": "dent", "sheet.marks.2.x": "0", "sheet.marks.2.y": "0.5"}


def test_values_come_in_the_order_of_their_numbers() -> None:
    """Falls over without `sorted(value, key=int)` in `board/web/forms.py`: 104 came first."""
    typed = {"job": "j1", **SCRATCH, **DENT, "sheet.marks.2.photos": "ab" * 32}
    fields = {name: (value,) for name, value in typed.items()}
    command = command_from("save_sheet", command_body(fields, SaveSheet, NOW), strict=False)
    assert isinstance(command, SaveSheet)
    assert command.sheet.marks == (
        Mark(MarkKind.dent, 0.0, 0.5, photos=("ab" * 32,)),
        Mark(MarkKind.scratch, 0.25, 1.0),
    )
