"""Walls run in the browsers of old televisions: nothing in their pages is newer than Chromium 53.

Scripts are parsed as ECMAScript 5 by acorn, inside Chromium; what they call and what style sheets
use is held against the list of what is newer. What a page loads first is small.
"""

import gzip
import re
from pathlib import Path
from typing import TypedDict, cast

import pytest
from playwright.sync_api import Browser

from displays.views.lounge import LoungeProjection
from displays.views.tv import TvProjection
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.wall_pages import wall_html

ROOT = Path(__file__).parents[2]
ACORN = ROOT / "tests" / "vendor" / "acorn.js"
WALLS = ("tv", "lounge", "queue", "arrivals_wall")
FIRST_LOAD_BYTES = 40 * 1024
FONT_BYTES = 32 * 1024

_LINKED = re.compile(r"/static/(?:vendor/)?[\w.-]+\.(?:css|js|svg|woff2)")
_FONTS = re.compile(r'url\("(vendor/[\w.-]+\.woff2)"\)')


def _pages() -> list[Path]:
    single = [ROOT / "templates" / name for name in ("wall.html", "screens/unpaired.html")]
    return single + [page for wall in WALLS for page in (ROOT / "templates" / wall).glob("*.html")]


def _linked(kind: str) -> list[Path]:
    """What the pages of walls load; the sheet of each audience is named by the page's facts."""
    found = {ROOT / link[1:] for page in _pages() for link in _LINKED.findall(page.read_text())}
    found |= {ROOT / f"static/{name}.css" for name in ("tv", "lounge", "queue", "arrivals")}
    return sorted(path for path in found if path.suffix == kind)


class Parsed(TypedDict):
    """What acorn says of a script: why it is no ES5, and the names it calls or refers to."""

    fault: str
    called: list[str]
    named: list[str]


_PARSE = """
(source) => {
  const called = new Set(), named = new Set();
  const walk = (node) => {
    if (!node || typeof node.type !== 'string') return;
    const callee = node.callee || {};
    if (node.type === 'CallExpression') called.add((callee.property || callee).name || '');
    if (node.type === 'Identifier') named.add(node.name);
    for (const key in node) [].concat(node[key]).forEach((part) => part && part.type && walk(part));
  };
  let fault = '';
  try { walk(acorn.parse(source, {ecmaVersion: 5})); } catch (error) { fault = String(error); }
  return {fault, called: [...called], named: [...named]};
}
"""

NEWER_CALLS = re.compile(
    r"(at|flat|flatMap|includes|padStart|padEnd|entries|values|replaceWith|append|prepend|before"
    r"|after|replaceAll|matchAll|toggleAttribute|finally|allSettled|structuredClone|fromEntries"
    r"|replaceChildren|getRootNode|hasOwn|findLast|toSorted|composedPath|checkVisibility"
    r"|randomUUID|reportError|queueMicrotask|requestIdleCallback)"
)
"""Methods that came after Chromium 53, or that only some old browsers have."""

NEWER_NAMES = re.compile(
    r"(ResizeObserver|IntersectionObserver|AbortController|BigInt|globalThis|WeakRef|EventTarget)"
)


def test_scripts_of_walls_are_es5_and_call_nothing_newer(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(path=ACORN)
    scripts = _linked(".js")
    assert {"wall.js", "screen.js", "screen_code.js"} <= {path.name for path in scripts}
    broken = cast("Parsed", page.evaluate(_PARSE, "var a = b?.c;"))
    assert broken["fault"], "the parser knows what is no ES5"
    for path in scripts:
        parsed = cast("Parsed", page.evaluate(_PARSE, path.read_text()))
        assert parsed["fault"] == "", path.name
        assert [name for name in parsed["called"] if NEWER_CALLS.fullmatch(name)] == [], path.name
        assert [name for name in parsed["named"] if NEWER_NAMES.fullmatch(name)] == [], path.name
        assert "addEventListener" not in parsed["called"] or "signal" not in parsed["named"]
    page.close()


NEWER_CSS = {
    "functions": r"\b(?:min|max|clamp|color-mix|oklch|oklab|lab|lch|hwb|env|minmax|fit-content)\(",
    "grid": r"display:\s*(?:inline-)?grid",
    "gap": r"(?<![-\w])(?:row-|column-)?gap\s*:",
    "properties": r"(?<![-\w])(?:inset|aspect-ratio|translate|rotate|scale|accent-color|contain"
    r"|content-visibility|backdrop-filter|margin-inline|margin-block|padding-inline"
    r"|padding-block|border-inline|inline-size|block-size|overscroll-behavior|text-wrap)[\w-]*\s*:",
    "selectors": r":(?:is|where|has|focus-visible|focus-within|any-link|dir)\b",
    "rules": r"@(?:layer|container|property|scope|starting-style)\b",
    "units": r"\d(?:dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|lh|rlh)\b",
    "colours": r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{4})\b",
    "positions": r"position:\s*sticky",
}


@pytest.mark.parametrize("path", _linked(".css"), ids=lambda path: path.name)
def test_style_sheets_of_walls_use_nothing_newer(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", path.read_text(), flags=re.DOTALL)
    found = {name: re.findall(newer, rules) for name, newer in NEWER_CSS.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert _nested(rules) == []


def _nested(rules: str) -> list[str]:
    """Selectors inside of other rules; only what begins with @ may hold rules."""
    outer: list[str] = []
    wrong = []
    for before, mark in re.findall(r"([^{};]*)([{};])", rules):
        if mark == "{":
            wrong += [before.strip()] if outer and not outer[-1].startswith("@") else []
            outer.append(before.strip())
        elif mark == "}":
            outer.pop()
    return wrong


def test_a_nested_rule_would_be_found() -> None:
    assert _nested("a { color: red; & b { color: blue } } @media print { a { color: red; } }")


@pytest.mark.parametrize("audience", ["tv", "lounge"])
def test_what_a_wall_loads_first_is_small(audience: str) -> None:
    projection = TvProjection() if audience == "tv" else LoungeProjection()
    html = wall_html(audience, "zh-Hans", projection.project(SAMPLE, NOW))
    files = {link: (ROOT / link[1:]).read_bytes() for link in set(_LINKED.findall(html))}
    sheets = "".join(data.decode() for link, data in files.items() if link.endswith(".css"))
    fonts = {link: (ROOT / "static" / link).read_bytes() for link in _FONTS.findall(sheets)}
    assert len(files) >= 5
    sent = len(gzip.compress(html.encode())) + sum(len(gzip.compress(d)) for d in files.values())
    assert sent <= FIRST_LOAD_BYTES
    assert 0 < sum(map(len, fonts.values())) <= FONT_BYTES
