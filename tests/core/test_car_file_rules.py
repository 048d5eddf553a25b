"""Who may make one file of two, and when that can be taken back: the rules alone."""

from board.core import commands as c
from tests.builders import ANNA, CARL, MONA, Trial


def merge(kept: str, merged: str) -> c.MergeCars:
    """The command as the journal completes it."""
    return c.MergeCars(kept=kept, merged=merged, moved=(merged,), order="j9")


def test_one_takes_back_ones_own_merger_within_thirty_seconds() -> None:
    trial = Trial().do(merge("a", "b"), ANNA).later(seconds=30)
    trial.do(c.PartCars(car="a"), ANNA)
    assert trial.happened() == ["CarsParted"]
    trial.when(c.PartCars(car="a"), ANNA).then_refused("undo_nothing")


def test_not_later_and_not_anothers() -> None:
    trial = Trial().do(merge("a", "b"), ANNA)
    trial.when(c.PartCars(car="a"), MONA).then_refused("undo_not_yours")
    trial.when(c.PartCars(car="a"), CARL).then_refused("not_allowed")
    trial.later(seconds=31).when(c.PartCars(car="a"), ANNA).then_refused("undo_late")


def test_not_once_the_file_went_into_a_third() -> None:
    trial = Trial().do(merge("a", "b"), ANNA).do(merge("c", "a"), ANNA)
    trial.when(c.PartCars(car="a"), ANNA).then_refused("cars_changed")
    trial.do(c.PartCars(car="c"), ANNA).do(c.PartCars(car="a"), ANNA)
    assert trial.shop.mergers == ()


def test_old_mergers_are_not_kept_in_mind_for_ever() -> None:
    trial = Trial().do(merge("a", "b"), ANNA).later(minutes=5).do(merge("c", "d"), ANNA)
    assert [one.merged for one in trial.shop.mergers] == ["d"]


def test_unknown_files_and_one_file_are_refused() -> None:
    trial = Trial().when(merge("a", "a"), ANNA).then_refused("same_car")
    trial.when(c.MergeCars(kept="a", merged="b"), ANNA).then_refused("unknown_car")
    trial.when(merge("", "b"), ANNA).then_refused("unknown_car")
