"""Events about a car's file and about what a new workflow did to jobs on their way."""

from dataclasses import dataclass

from board.core.personal import Personal


@dataclass(frozen=True)
class ReturnChanged:
    """The state a held job would return to is gone; it returns to another."""

    job: str
    source: str
    to: str


@dataclass(frozen=True)
class CarsMerged:
    """Two files of one car became one: every key in `moved` belongs to the file `kept` now.

    `job` is an order of the file that was `merged`; both histories stay whole.
    """

    job: str
    kept: str
    merged: str
    moved: tuple[str, ...]
    reason: Personal = ""


@dataclass(frozen=True)
class CarsParted:
    """A merger was taken back: the keys in `moved` belong to the file `merged` again."""

    job: str
    kept: str
    merged: str
    moved: tuple[str, ...]
