"""Walks the pages and dialogs of a running shop as somebody of it, with axe in each.

A page is opened only if it holds something that this address has not shown yet to anybody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.running import PIN, RunningShop
from tests.every_page.addresses import BESIDES, DIALOGS, filled, is_page
from tests.gallery.axe import violations

_TAG = re.compile(r"<([a-z][a-z0-9-]*)([^>]*)>")
_LOOK = re.compile(r' (class|role|type)="([^"]*)"')
_PATIENCE_MS = 15_000


@dataclass(slots=True)
class Seen:
    """Kinds of elements that were looked at, by address; pages of one walk share it."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    opened: int = 0

    def adds(self, path: str, html: str) -> bool:
        """Whether the html holds an element of a kind that `path` has not shown yet."""
        kinds, known = set(map(_kind, _TAG.findall(html))), self.kinds.setdefault(path, set())
        is_new = not kinds <= known
        known |= kinds
        self.opened += is_new
        return is_new


def _kind(tag: tuple[str, str]) -> str:
    name, rest = tag
    return " ".join((name, *(value for _, value in sorted(_LOOK.findall(rest)))))


@dataclass(slots=True)
class Walker:
    """Somebody with a browser; '' is nobody. Languages take turns, or one is told."""

    shop: RunningShop
    page: Page
    person: str
    named: Mapping[str, str]
    seen: Seen
    languages: Sequence[str]

    def faults(self, table: Sequence[str]) -> list[str]:
        """What axe has to say of every page this person may open."""
        return [
            f"{self.person} {language} {path}: {fault}"
            for language, path in self._in_turns(self._pages(table))
            for fault in self._looked_at(path, language)
        ]

    def dialog_faults(self) -> list[str]:
        """What axe has to say of every dialog this person may open."""
        return [
            f"{self.person} {language} {path}: {fault}"
            for language, path in self._in_turns(self._dialogs())
            for fault in self._opened(path)
        ]

    def _in_turns(self, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Each address with its language; those of one language one after the other."""
        paths = list(wanted)
        for at, language in enumerate(self.languages):
            mine = paths[at :: len(self.languages)]
            if mine:
                self._speak(language)
            yield from ((language, path) for path in mine)

    def _looked_at(self, path: str, language: str) -> list[str]:
        self.page.goto(self.shop.url + path)
        spoken = self.page.locator("html").get_attribute("lang")
        assert spoken == language, (path, spoken, language)
        return violations(self.page)

    def _opened(self, path: str) -> list[str]:
        if not self.page.url.endswith("/board"):
            self.page.goto(f"{self.shop.url}/board")
            self.page.wait_for_function("window.Board && window.Board.open")
        self.page.evaluate("path => Board.open(path)", path)
        self.page.wait_for_function("document.querySelector('#dialog').open")
        return violations(self.page, "#dialog")

    def _pages(self, table: Sequence[str]) -> Iterator[str]:
        """Addresses whose page this person may see and that show something new."""
        every = self.person in ("mona", "")
        asked = [
            (path, each)
            for path in filter(is_page, table)
            for each in filled(path, self.named, every=every)
        ]
        for path, each in (*asked, *((one, one) for one in BESIDES)):
            html = self._html(each)
            if html and self.seen.adds(path, html):
                yield each

    def _dialogs(self) -> Iterator[str]:
        for name, given in DIALOGS.items():
            query = {key: self.named.get(value, value) for key, value in given.items()}
            path = f"/board/dialog/{name}?{urlencode(query)}"
            html = self._html(path)
            if html and 'class="refusal' not in html and self.seen.adds(name, html):
                yield path

    def _html(self, path: str) -> str:
        """What the address answers this person with, '' if it sends them elsewhere."""
        answer = self.page.request.get(self.shop.url + path, max_redirects=0, max_retries=3)
        is_html = "text/html" in answer.headers.get("content-type", "")
        return answer.text() if is_html and answer.status in (200, 404) else ""

    def _speak(self, language: str) -> None:
        self.page.goto(f"{self.shop.url}/orders/nowhere" if self.person else f"{self.shop.url}/")
        csrf = self.page.locator('[name="csrf"]').first
        token = csrf.get_attribute("content") or csrf.get_attribute("value") or ""
        form: dict[str, str | float | bool] = {"language": language, "csrf": token, "back": "/"}
        self._post("/language", form)

    def sign_in(self) -> None:
        """With the PIN that everybody has."""
        self.page.goto(f"{self.shop.url}/?tablet")
        csrf = self.page.locator('input[name="csrf"]').first.input_value()
        form: dict[str, str | float | bool] = {"person": self.person, "pin": PIN, "csrf": csrf}
        self._post("/sign-in/pin", form)

    def _post(self, path: str, form: dict[str, str | float | bool]) -> None:
        headers = {"Origin": self.shop.url}
        self.page.request.post(self.shop.url + path, form=form, headers=headers, max_redirects=0)


@contextmanager
def walker(
    browser: Browser,
    shop: RunningShop,
    person: str,
    named: Mapping[str, str],
    seen: Seen,
    languages: Sequence[str],
) -> Iterator[Walker]:
    """Somebody signed in at a desk of their own."""
    size = ViewportSize(width=1366, height=900)
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    context.set_default_timeout(_PATIENCE_MS)
    one = Walker(shop, context.new_page(), person, named, seen, languages)
    try:
        if person:
            one.sign_in()
        yield one
    finally:
        context.close()
