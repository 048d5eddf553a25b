"""Walls bring the signs of plates and of their own words along, and do without them as well."""

from pathlib import Path
from typing import cast

from playwright.sync_api import Browser

from board.core import words
from board.core.plates import PROVINCES
from board.languages import Languages
from displays.views.overview import OverviewProjection
from tests.displays.every_word import CALLS, WORDS
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import open_wall, wall_html

ROOT = Path(__file__).parents[2]

_MISSING = """
async (signs) => {
  const [font] = await document.fonts.load('700 20px "Baylight Wall"', signs[0]);
  if (!font) return ['no font'];
  const draw = (family, sign) => {
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
    canvas.width = canvas.height = 32;
    pen.font = '700 24px ' + family;
    pen.fillText(sign, 2, 26);
    return pen.getImageData(0, 0, 32, 32).data.join();
  };
  // A sign that the font lacks is drawn by the serif behind it, as if the font were not there.
  return signs.filter((sign) => draw('"Baylight Wall","Noto Serif CJK SC"', sign)
    === draw('"Noto Serif CJK SC"', sign));
}
"""


def test_the_font_has_every_sign_of_plates_and_of_the_words_of_rows_and_racks(
    browser: Browser,
) -> None:
    say = Languages(ROOT / "locales").translations("zh-Hans").gettext
    spoken = "".join(say(word) for word in (*WORDS, *CALLS, *words.LANE.values()))
    wanted = PROVINCES + "挂学警港澳使领ABCDEFGHJKLMNPQRSTUVWXYZ0123456789:" + spoken
    views = OverviewProjection().project(SAMPLE, NOW)
    page = open_wall(browser, wall_html("overview", "zh-Hans", views), (960, 540))
    asked = sorted({sign for sign in wanted if sign > " "})
    assert cast("list[str]", page.evaluate(_MISSING, [*asked, "囍"])) == ["囍"]
    page.context.close()
