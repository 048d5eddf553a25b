"""Latin words that people see on a Chinese page: names and marks are fine, sentences are not."""

import re

from playwright.sync_api import Page

# A page offers the other language by its own name.
_ALLOWED = frozenset(
    (
        "ABS",
        "VIN",
        "QR",
        "VIP",
        "PIN",
        "TV",
        "TOML",
        "EN",
        "English",
        "km",
        "h",
        "min",
        "Esc",
        "Enter",
        "Tab",
        "Baylight",
    )
)
_WORD = re.compile(r"[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*")
# Letters of plates and keys; models, key tags, parking spots, screens; ids of bays.
_MARK = re.compile(r"[A-Z]|(?=.*\d)[A-Z0-9-]+|[a-z]+-\d+")
_ADDRESS = re.compile(r"https?://\S+")
_SEEN = """() => [
  document.body.innerText,
  ...Array.from(document.querySelectorAll("[placeholder]"), (field) => field.placeholder),
].join("\\n")"""


def stray_lines(page: Page) -> list[str]:
    """Lines of what the page shows that hold a word of another language, each once."""
    lines = str(page.evaluate(_SEEN)).splitlines()
    return sorted({line.strip() for line in lines if strays_in(_ADDRESS.sub("", line))})


def strays_in(text: str) -> frozenset[str]:
    """Latin words in a text that are neither marks nor allowed."""
    return frozenset(
        word for word in _WORD.findall(text) if word not in _ALLOWED and not _MARK.fullmatch(word)
    )
