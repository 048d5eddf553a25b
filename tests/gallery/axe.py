"""axe-core in a page: what of WCAG 2.2 AA it breaks. The file is vendored under tests/vendor."""

from functools import cache

from playwright.sync_api import Page

from tests.e2e.running import ROOT

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """async ([tags, part, colours]) => {
  const rules = {'color-contrast': {enabled: colours}};
  const wanted = {runOnly: tags, rules, resultTypes: ['violations'], selectors: false};
  const told = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.message);
  const found = (await axe.run(part || document, wanted)).violations;
  return found.flatMap((one) => one.nodes.map((node) =>
    [one.id, node.html.slice(0, 160), told(node).join(' ').slice(0, 200)]));
}"""


@cache
def _source() -> str:
    return (ROOT / "tests" / "vendor" / "axe.min.js").read_text()


def violations(page: Page, part: str = "", *, colours: bool = True) -> list[str]:
    """Each element of the open page, or of a part of it, that breaks a rule; with why.

    `colours`: the contrast of every text too, which is half of what axe costs.
    """
    # Evaluated from outside: the page's own policy need not be weakened for it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return [": ".join(found) for found in page.evaluate(_RUN, [TAGS, part, colours])]
