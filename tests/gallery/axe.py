"""axe-core in a page: what of WCAG 2.2 AA it breaks. The file is vendored under tests/vendor."""

from functools import cache

from playwright.sync_api import Page

from tests.e2e.running import ROOT

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """async (tags) => {
  const wanted = {runOnly: tags, resultTypes: ['violations'], selectors: false};
  const told = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.message);
  const found = (await axe.run(document, wanted)).violations;
  return found.flatMap((one) => one.nodes.map((node) =>
    [one.id, node.html.slice(0, 160), told(node).join(' ').slice(0, 200)]));
}"""


@cache
def _source() -> str:
    return (ROOT / "tests" / "vendor" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Each element of the open page that breaks a rule: the rule, its html, and why."""
    # Evaluated from outside: the page's own policy need not be weakened for it.
    page.evaluate(f"() => {{ if (!window.axe) {{ {_source()} }} }}")
    return [": ".join(found) for found in page.evaluate(_RUN, TAGS)]
