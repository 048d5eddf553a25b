"""The pages that are made from the core's tables are up to date."""

from pathlib import Path

import pytest

from scripts.docs import pages

PAGES = pages()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_generated_page_is_not_stale(file: Path) -> None:
    assert file.read_text() == PAGES[file], "run: make docs"
