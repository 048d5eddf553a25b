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
_CLASS = re.compile(r' class="[^"]*"')
_NAMES = re.compile(r' (aria-label|alt|title|placeholder)="([^"]*)"')
_CSRF = re.compile(r'name="csrf" (?:content|value)="([^"]+)"')
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


def _bone(tag: tuple[str, str]) -> str:
    """Of what kind an element is, and which of its names hold a word."""
    names = (f"{name}={bool(word.strip())}" for name, word in _NAMES.findall(tag[1]))
    return " ".join((_kind(tag), *names))


def bones_of(html: str, *, dressed: bool = True) -> set[str]:
    """What a page is made of, whatever its language; what differs here may differ to axe.

    `dressed`: with the classes, which are colours and sizes.
    """
    tags = _TAG.findall(html if dressed else _CLASS.sub("", html))
    return set(map(_bone, tags))


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
        """What axe has to say of every page this person may open, and where languages differ."""
        paths = list(self._pages(table))
        return [
            f"{self.person} {language} {path}: {fault}"
            for language, path in self._in_turns(paths)
            for fault in self._looked_at(path, language)
        ] + [*self._in_other_words(paths)]

    def dialog_faults(self) -> list[str]:
        """What axe has to say of every dialog this person may open, and where languages differ."""
        paths = list(self._dialogs())
        return [
            f"{self.person} {language} {path}: {fault}"
            for language, path in self._in_turns(paths)
            for fault in self._opened(path)
        ] + [*self._in_other_words(paths)]

    def menu_faults(self) -> list[str]:
        """What axe has to say of the menus of the board, opened, in every language."""
        return [
            f"{self.person} {language} {menu}: {fault}"
            for language in self.languages
            for menu, fault in self._menus(language)
        ]

    def _menus(self, language: str) -> Iterator[tuple[str, str]]:
        self._speak(language)
        self.page.goto(f"{self.shop.url}/board")
        self.page.wait_for_function("window.Board && window.Board.open")
        for menu in ("details.pages", "details.me:not(.pages)"):
            self.page.locator(f"{menu} summary").click()
            yield from ((menu, fault) for fault in violations(self.page, menu))
            self.page.locator(f"{menu} summary").click()
        self.page.locator(".card").first.focus()
        self.page.keyboard.press("m")
        self.page.wait_for_selector("#menu:not([hidden]) button")
        yield from (("#menu", fault) for fault in violations(self.page, "#menu"))

    def _in_other_words(self, paths: Sequence[str]) -> Iterator[str]:
        """Where a page is not made of the same elements, with the same of them named, in every
        language: else what axe says of it in one language would say nothing of the others.
        """
        made: dict[str, set[str]] = {}
        for language in self.languages if paths else ():
            self._speak(language)
            for path in paths:
                bones = bones_of(self._html(path))
                if odd := made.setdefault(path, bones) ^ bones:
                    yield f"{self.person} {language} {path} differs: {sorted(odd)[:4]}"

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
        # A copy of a wall speaks the wall's language.
        assert spoken == language or path.endswith("/copy"), (path, spoken, language)
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
        token = self._token("/orders/nowhere" if self.person else "/")
        form: dict[str, str | float | bool] = {"language": language, "csrf": token, "back": "/"}
        self._post("/language", form)

    def sign_in(self) -> None:
        """With the PIN that everybody has."""
        csrf = self._token("/?tablet")
        form: dict[str, str | float | bool] = {"person": self.person, "pin": PIN, "csrf": csrf}
        self._post("/sign-in/pin", form)

    def _token(self, path: str) -> str:
        """What forms of that page send along; no browser need show it."""
        found = _CSRF.search(self.page.request.get(self.shop.url + path).text())
        assert found is not None, path
        return found[1]

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
