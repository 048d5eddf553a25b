"""The board's word that the servers do not hear of each other at once; empty while they do."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class TouchView:
    """`lost`: changes made at another server show at the next look into the journal."""

    template: ClassVar[str] = "board/touch.html"
    id: str
    lost: bool
