"""Every text for people is translated, whole, with the same placeholders.

Message ids are English, so English needs a catalogue only for ids that are keys (`lane.waiting`).
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.source import ROOT

KEY = re.compile(r"[a-z0-9]+([._][a-z0-9]+)+")
PLACEHOLDER = re.compile(r"\{\w*(?:![rsa])?(?::[^{}]*)?\}|%\(\w+\)[a-z]|%[sd]")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All texts of code and templates, collected just now."""
    file = tmp_path_factory.mktemp("texts") / "baylight.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += ["--mapping-file", "babel.cfg", "--keywords", "N_", "--output-file", str(file), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    return _read(file, None)


def _catalogue(language: str) -> Catalog:
    return _read(ROOT / "locales" / language / "LC_MESSAGES" / "baylight.po", language)


def _read(file: Path, language: str | None) -> Catalog:
    with file.open("rb") as text:
        return read_po(text, language)


def _texts(template: Catalog) -> list[Message]:
    return [message for message in template if message.id]


def _forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def _is_translated(message: Message, catalogue: Catalog) -> bool:
    found = catalogue.get(_forms(message.id)[0], message.context)
    return found is not None and not found.fuzzy and all(_forms(found.string))


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def test_the_texts_are_found(template: Catalog) -> None:
    assert len(_texts(template)) > 50
    assert template.get("Your role does not allow this.") is not None, "refusals are texts too"


def test_every_text_is_translated_into_chinese(template: Catalog) -> None:
    chinese = _catalogue("zh_Hans")
    missing = [
        f"{message.id} {message.locations}"
        for message in _texts(template)
        if not _is_translated(message, chinese)
    ]
    assert not missing, "run make translations, then translate:\n" + "\n".join(missing)


def test_every_key_has_its_english_text(template: Catalog) -> None:
    english = _catalogue("en")
    keys = [message for message in _texts(template) if KEY.fullmatch(_forms(message.id)[0])]
    missing = [str(message.id) for message in keys if not _is_translated(message, english)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    wrong = [
        f"{message.id} -> {form}"
        for message in _texts(_catalogue(language))
        for form in _forms(message.string)
        if form and not KEY.fullmatch(_forms(message.id)[0]) and not _keeps(message, form)
    ]
    assert not wrong, "\n".join(wrong)


def _keeps(message: Message, form: str) -> bool:
    # A singular may leave its number out ("one car"); each form fits one of the originals.
    return _placeholders(form) in [_placeholders(original) for original in _forms(message.id)]
