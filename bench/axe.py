"""axe over the gallery, every page and every dialog, for each role, in every language.

python -m bench.axe

The walk is that of the tests, in which languages take turns; here each has a walk of its own.
"""

import os
import re
import subprocess
import sys

from bench.table import HOME, Row, show

WALKS = ("tests/gallery", "tests/every_page")
EVERY_LANGUAGE = "BAYLIGHT_EVERY_LANGUAGE"
_COUNT = re.compile(r"(\d+) (passed|failed|error)")
_LAST = 2000


def rows() -> list[Row]:
    """One row: how many walks found nothing. RuntimeError when they could not be walked."""
    words = (sys.executable, "-m", "pytest", "--quiet", "--tb=short", *WALKS)
    environment = {**os.environ, EVERY_LANGUAGE: "1"}
    done = subprocess.run(
        words, cwd=HOME, env=environment, capture_output=True, text=True, check=False
    )
    sys.stderr.write(done.stdout[-_LAST:])
    found = {word: int(count) for count, word in _COUNT.findall(done.stdout)}
    if done.returncode not in (0, 1) or not found.get("passed"):
        raise RuntimeError(done.stdout[-_LAST:] + done.stderr[-_LAST:])
    bad = found.get("failed", 0) + found.get("error", 0)
    told = f"{found['passed']} walks and measurements without, {bad} with"
    name = "axe-core, WCAG 2.2 AA: gallery, pages and dialogs of each role, in every language"
    return [Row(name, "0 violations", told, bad == 0)]


if __name__ == "__main__":
    sys.exit(show(rows()))
