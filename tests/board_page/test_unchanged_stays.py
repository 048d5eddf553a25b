"""What did not change stays the same object, so that one move costs one card."""

from datetime import timedelta

from board.core import commands as c
from displays.views.board import BoardProjection
from tests.builders import ANNA, PLATES, Trial, received


def shop_of_three() -> Trial:
    trial = Trial()
    for job, plate in zip(("j1", "j2", "j3"), PLATES, strict=False):
        received(trial, job, plate)
    return trial


def test_a_tick_without_news_changes_nothing() -> None:
    trial, projection = shop_of_three(), BoardProjection()
    before = projection.project(trial.shop, trial.now)
    after = projection.project(trial.shop, trial.now + timedelta(seconds=1))
    assert all(after[key] is view for key, view in before.items())


def test_one_move_changes_its_card_and_the_two_lanes() -> None:
    trial, projection = shop_of_three(), BoardProjection()
    before = projection.project(trial.shop, trial.now)
    trial.do(c.MoveJob(job="j2", to="awaiting_dispatch"), ANNA)
    after = projection.project(trial.shop, trial.now)
    changed = {key for key, view in after.items() if before.get(key) is not view}
    assert changed == {"job-j2", "lane-reception", "lane-dispatch", "liveline"}


def test_another_name_of_a_person_reaches_every_card() -> None:
    trial, projection = shop_of_three(), BoardProjection()
    projection.project(trial.shop, trial.now)
    renamed = trial.shop.people["anna"].__class__("anna", "Anne", ANNA.roles)
    shop = trial.shop.with_person(renamed)
    kept = projection.project(shop, trial.now)
    assert kept == BoardProjection().project(shop, trial.now)
