"""A screen that is asked who it is can be read whatever its name is."""

from playwright.sync_api import Browser

from displays.views.tv import TvProjection
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import ink, open_wall, wall_html

NAMES = {
    "TV-07": ("7", "TV-07"),
    "大屏20241122": ("20241122", "大屏20241122"),
    "一楼休息区": ("一楼休息区",),
    "Reception": ("Reception",),
    "Front hall by the reception": ("Front hall by the reception",),
    "一号厂房二层钣金喷漆车间东侧大门入口处墙上的那一块旧的液晶电视屏幕甲乙丙丁戊己庚": None,
    "W" * 40: None,
}
"""What is shown of each name; None: the name alone."""
SIZE = (960, 540)


def test_every_name_is_whole_and_large(browser: Browser) -> None:
    page = open_wall(browser, wall_html("tv", "en", TvProjection().project(SAMPLE, NOW)), SIZE)
    for name, shown in NAMES.items():
        page.evaluate("(name) => { document.body.dataset.name = name; }", name)
        page.keyboard.press("Enter")
        said = ink(page, ".identify")[0]
        assert tuple(dict.fromkeys(one.text for one in said)) == (shown or (name,))
        for one in said:
            assert 0 <= one.left < one.right <= SIZE[0], name
            assert 0 <= one.top < one.bottom <= SIZE[1], name
        large = page.locator(".identify b").evaluate(
            "(b) => parseFloat(getComputedStyle(b).fontSize)"
        )
        assert large >= 0.12 * SIZE[1], "read from across the hall"
        assert large >= 0.2 * SIZE[1] or len(name) > 12
    page.context.close()
