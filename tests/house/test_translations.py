"""Every text for people is translated into every language, whole, with the same placeholders."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from board.core.languages import LANGUAGES
from tests.house.catalogues import gaps, read, texts
from tests.house.source import ROOT
from tests.house.template_words import own_words

FOLDERS = [tag.replace("-", "_") for tag in LANGUAGES]
CARS = ("%(count)s car", "%(count)s cars")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All texts of code and templates, collected just now."""
    file = tmp_path_factory.mktemp("texts") / "baylight.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += ["--mapping-file", "babel.cfg", "--keywords", "N_", "--output-file", str(file), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    return read(file, None)


def _file(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "baylight.po"


def test_the_texts_are_found(template: Catalog) -> None:
    assert len(texts(template)) > 50
    assert template.get("Your role does not allow this.") is not None, "refusals are texts too"


def test_every_language_that_is_offered_has_its_folder() -> None:
    assert sorted(path.name for path in (ROOT / "locales").iterdir() if path.is_dir()) == sorted(
        FOLDERS
    )


@pytest.mark.parametrize("language", FOLDERS)
def test_no_language_has_a_gap(template: Catalog, language: str) -> None:
    found = gaps(template, read(_file(language), language))
    assert not found, "run make translations, then translate:\n" + "\n".join(found)


def test_no_template_says_a_word_by_itself() -> None:
    """Falls over with `<p>Some words</p>` in a template: they belong into `_()` or `trans`."""
    templates = ROOT / "templates"
    said = {
        str(file.relative_to(templates)): words
        for file in templates.rglob("*.html")
        if (words := own_words(file.read_text()))
    }
    assert said == {}


def test_words_of_a_template_are_told_from_what_is_put_into_it() -> None:
    spoken = "{{ _('Ready') }} {% trans n %}one{% pluralize %}{{ n }} more{% endtrans %} km"
    assert own_words(f'<p class="a b" data-do="finish">{spoken} {{# why #}}</p>') == []
    assert own_words(f"<p>at once {spoken}</p>") == ["at", "once"]
    assert own_words('<a {% if x %}title="see"{% endif %} aria-label="{{ x }} all">') == [
        "see",
        "all",
    ]


def _asked() -> Catalog:
    template = Catalog()
    template.add("Ready, {name}")
    template.add(CARS)
    template.add("lane.waiting")
    return template


def _whole(language: str) -> Catalog:
    catalogue = Catalog(locale=language)
    catalogue.add("Ready, {name}", "{name}")
    catalogue.add(CARS, ("%(count)s",) * catalogue.num_plurals)
    catalogue.add("lane.waiting", "w")
    return catalogue


def _message(catalogue: Catalog, text: str) -> Message:
    found = catalogue.get(text)
    assert found is not None
    return found


def _left_out(catalogue: Catalog) -> None:
    catalogue.delete("lane.waiting")


def _emptied(catalogue: Catalog) -> None:
    _message(catalogue, "lane.waiting").string = ""


def _unsure(catalogue: Catalog) -> None:
    _message(catalogue, "Ready, {name}").flags.add("fuzzy")


def _nameless(catalogue: Catalog) -> None:
    _message(catalogue, "Ready, {name}").string = "{nmae}"


def _short_of_a_plural(catalogue: Catalog) -> None:
    _message(catalogue, CARS[0]).string = ("%(count)s",) * (catalogue.num_plurals - 1)


def _with_an_empty_plural(catalogue: Catalog) -> None:
    rest = ("%(count)s",) * catalogue.num_plurals
    _message(catalogue, CARS[0]).string = (*rest[1:], "")


@pytest.mark.parametrize("language", FOLDERS)
@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_left_out, "missing: lane.waiting"),
        (_emptied, "missing: lane.waiting"),
        (_unsure, "fuzzy: Ready"),
        (_nameless, "placeholders: Ready"),
    ],
)
def test_a_gap_is_found_and_named(
    language: str, damage: Callable[[Catalog], None], named: str
) -> None:
    catalogue = _whole(language)
    assert gaps(_asked(), catalogue) == []
    damage(catalogue)
    (gap,) = gaps(_asked(), catalogue)
    assert gap.startswith(named)


@pytest.mark.parametrize("damage", [_short_of_a_plural, _with_an_empty_plural])
def test_a_missing_plural_form_is_found_where_a_language_has_two(
    damage: Callable[[Catalog], None],
) -> None:
    catalogue = _whole("en")
    damage(catalogue)
    (gap,) = gaps(_asked(), catalogue)
    assert gap.startswith("plural forms, 2 wanted")


def test_a_text_of_one_form_in_english_may_stay_as_it_is_written() -> None:
    catalogue = _whole("en")
    catalogue.delete("Ready, {name}")
    assert gaps(_asked(), catalogue) == []
    hant = _whole("zh_Hant")
    hant.delete("Ready, {name}")
    assert [gap.partition(":")[0] for gap in gaps(_asked(), hant)] == ["missing"]
