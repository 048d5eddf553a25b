"""A browser that takes pictures of one demo: signs in as somebody, opens a page, keeps it small."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from bench.visible_words import stray_lines
from simulator.demo import Demo
from simulator.http import Json

DESK, TABLET, WALL, PHONE = (1440, 900), (1280, 800), (1920, 1080), (390, 844)
HIGH = (1280, 1000)
"""Where a tablet would be scrolled."""
_COLOURS = 255
_SETTLES_MS = 1200

Go = Callable[[Page, Demo, Json], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, who is signed in ('' for nobody), how to get there, how large.

    `shows_ids`: it says ids on purpose, which are words of no language.
    """

    name: str
    who: Callable[[Demo, Json], str]
    go: Go
    size: tuple[int, int] = TABLET
    locale: str = "zh-CN"
    shows_ids: bool = False


@dataclass(frozen=True, slots=True)
class WallShot:
    """A picture of a wall: its name, the wall's page, and what the manager set for the screen.

    `look`: pairs of a field of the screen's form and one of the values it offers. `turned`: how
    many pages on by the remote.
    """

    name: str
    page: str
    look: tuple[tuple[str, str], ...] = ()
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures into `folder`. What is wrong with one comes back as sentences."""

    browser: Browser
    demo: Demo
    folder: Path

    def wall(self, path: str, shots: Sequence[WallShot], stays: ExitStack) -> list[str]:
        """One screen with the code that was made for it, and what the manager makes of it.

        It stays on as long as `stays` does, as in a shop: other pages tell how screens are doing.
        """
        page = stays.enter_context(self._page(WALL, "zh-CN"))
        page.goto(f"/{path}")
        page.fill("input[name=code]", self.demo.codes[path])
        page.click("main button")
        page.wait_for_selector("[data-r]", state="attached")
        return [line for shot in shots for line in self._dressed(page, shot)]

    def _dressed(self, page: Page, shot: WallShot) -> list[str]:
        if shot.look:
            page.evaluate("window.isOld = true")
            self._set(page.locator("[data-name]").first.get_attribute("data-name") or "", shot)
            page.wait_for_function("() => !window.isOld && document.querySelector('[data-r]')")
        for _ in range(shot.turned):
            page.keyboard.press("ArrowRight")
        return self._shoot(page, shot.name)

    def _set(self, screen: str, shot: WallShot) -> None:
        """Set a screen's look, in the manager's page and words."""
        with self._page(DESK, "zh-CN") as page:
            self._sign_in(page, self.demo.crew.manager)
            page.goto("/admin/screens")
            page.locator(".screen", has_text=screen).locator("a.btn:not([target])").click()
            for field, value in shot.look:
                page.select_option(f"select[name={field}]", value)
            page.click("form[data-screen] button.primary")
            page.wait_for_url("**/admin/screens")

    def board(self) -> Json:
        """What stands on the board."""
        with self._page(DESK, "zh-CN") as page:
            self._sign_in(page, self.demo.crew.advisors[0])
            found: Json = page.request.get("/api/v1/board").json()
            return found

    def take(self, shot: Shot, board: Json) -> list[str]:
        """One picture of somebody's page."""
        with self._page(shot.size, shot.locale) as page:
            if who := shot.who(self.demo, board):
                self._sign_in(page, who)
            shot.go(page, self.demo, board)
            strays = self._shoot(page, shot.name)
            return [] if shot.shows_ids else strays

    @contextmanager
    def _page(self, size: tuple[int, int], locale: str) -> Iterator[Page]:
        context: BrowserContext = self.browser.new_context(
            base_url=self.demo.url,
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    def _sign_in(self, page: Page, person: str) -> None:
        """Through the page's own form, without the keys drawn on it."""
        page.goto("/?tablet")
        csrf = page.locator("input[name=csrf]").first.input_value()
        pin = self.demo.crew.pins[person]
        fields: dict[str, str | float | bool] = {"person": person, "pin": pin, "csrf": csrf}
        spoken = str(page.evaluate("navigator.language"))
        headers = {"origin": self.demo.url, "accept-language": spoken}
        answer = page.request.post("/sign-in/pin", form=fields, headers=headers)
        if not answer.ok:
            raise ValueError(f"{person} cannot sign in: {answer.status}")

    def _shoot(self, page: Page, name: str) -> list[str]:
        """Take a settled page: fonts are there, the socket has said where it stands.

        What a Chinese page says in another language.
        """
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(_SETTLES_MS)
        file = self.folder / f"{name}.png"
        page.screenshot(path=file)
        _made_small(file)
        is_chinese = str(page.evaluate("document.documentElement.lang")).startswith("zh")
        strays = stray_lines(page) if is_chinese else []
        return [f"{name} says: {line}" for line in strays]


def _made_small(file: Path) -> None:
    """Few colours are enough for pages, and make a file of a third."""
    with Image.open(file) as image:
        few = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
