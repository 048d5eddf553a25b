"""A television's page is dressed for its distance, its language and the names of its bays."""

from dataclasses import replace

from board.screen_look import ScreenLook
from displays.wall_dress import dressed, reach_of
from tests.displays.sample_shop import SAMPLE


def test_rows_and_type_follow_distance_bays_and_language() -> None:
    usual = dressed(SAMPLE, "tv", ScreenLook(), "zh-Hans")
    assert (usual.classes, usual.rows) == ("rows-6 type-96", 6)
    near = ScreenLook(diagonal_inches=65, distance_m=4, theme="andon")
    assert dressed(SAMPLE, "tv", near, "zh-Hans").classes == "theme-andon rows-9 type-61"
    far = ScreenLook(diagonal_inches=65, distance_m=10, plates="tail")
    assert dressed(SAMPLE, "tv", far, "zh-Hans").classes == "rows-5 type-110 has-tails"
    assert dressed(SAMPLE, "tv", far, "en").classes == "rows-6 type-93 is-latin has-tails"


def test_only_the_bays_that_it_shows_count() -> None:
    bay = replace(SAMPLE.bays["b3"], name="洗车")
    shop = SAMPLE.with_bay(bay)
    look = ScreenLook(diagonal_inches=65, distance_m=4, group="b1,b2")
    assert dressed(shop, "tv", look, "zh-Hans").classes == "rows-6 type-96"
    with_names = replace(look, group="b1,b3")
    assert dressed(shop, "tv", with_names, "zh-Hans").classes == "rows-6 type-92 has-names"


def test_tails_reach_farther_than_whole_plates() -> None:
    look = ScreenLook(diagonal_inches=55, language="zh-Hans")
    whole, tails = (
        reach_of(SAMPLE, "tv", look),
        reach_of(SAMPLE, "tv", replace(look, plates="tail")),
    )
    assert whole is not None
    assert tails is not None
    assert tails > whole
    assert reach_of(SAMPLE, "queue", look) is None


def test_a_lounge_shows_fewer_cars_where_it_is_read_from_afar() -> None:
    look = ScreenLook(diagonal_inches=50, distance_m=5, language="zh-Hans")
    near, far = (dressed(SAMPLE, "lounge", replace(look, distance_m=m), "zh-Hans") for m in (5, 6))
    assert (near.classes, near.rows) == ("theme-lounge", 0)
    assert (far.classes, far.rows) == ("theme-lounge is-far", -2)
    two = replace(look, second_language="en")
    assert dressed(SAMPLE, "lounge", replace(two, distance_m=5.1), "zh-Hans+en").rows == -2
    assert dressed(SAMPLE, "lounge", replace(look, distance_m=5.1), "zh-Hans").rows == 0
    alone, with_other = reach_of(SAMPLE, "lounge", look), reach_of(SAMPLE, "lounge", two)
    assert alone is not None
    assert with_other is not None
    assert alone > with_other > 5, "Latin words are longer, and both have to be read"


def test_other_walls_are_dressed_by_their_theme_alone() -> None:
    assert dressed(SAMPLE, "lounge", ScreenLook(theme="andon"), "en").classes == "theme-lounge"
    assert dressed(SAMPLE, "arrivals", ScreenLook(), "en").rows == 0
