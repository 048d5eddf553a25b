"""What is wrong in a file about devices is told in the reader's language, with its place."""

import ast
from gettext import NullTranslations
from pathlib import Path

import msgspec
import pytest

from board.core.device_deeds import DeviceDeed
from board.core.slips import SENTENCES, FileSlip, Slip, slip
from board.languages import Languages
from board.web.refusal_text import refusal_text
from cli_devices import spoken
from devices.binding_tables import read_bindings
from devices.provisioning import Provisioning
from devices.shop_files import read_files
from displays.binding_facts import read_bind_answer
from displays.device_facts import read_answer
from displays.render import Renderer
from tests.builders import Trial
from tests.house.source import ROOT

SHOP = Trial().shop
FRENCH = {
    "{key} is missing": "il manque {key}",
    "{key} is not known here": "{key} est inconnu",
    "{sentence}; did you mean {near}?": "{sentence} ; pensez-vous à {near} ?",
    "{file} line {line}: {sentence}.": "{file}, ligne {line} : {sentence}.",
    "{file} line {line}: {sentence}": "{file}, ligne {line} : {sentence}",
    "{file} is not UTF-8 text.": "{file} n'est pas du texte UTF-8.",
    "sensors.toml cannot be read. Mend it by hand: {detail}": "Illisible : {detail}",
    "this is not TOML: a value is missing or wrong; texts stand in quotes": "une valeur manque",
}
MADE = {"channel_twice", "word_twice"}
"""Codes that are put together."""
FRAMES = {"with_hint", "on_line", "asked_on_line"}
WRONG = '[[sensor]]\ndevice = "native:eye"\nchannel = "occupancy"\nbey = "bay-1"\n'


class French(NullTranslations):
    """As a catalogue says it."""

    def gettext(self, message: str) -> str:
        """The French sentence, or the English one."""
        return FRENCH.get(message, message)


def french(text: str) -> str:
    """The French sentence, or the English one."""
    return FRENCH.get(text, text)


def test_a_mistake_keeps_its_line_and_names_in_any_language(tmp_path: Path) -> None:
    file = tmp_path / "sensors.toml"
    file.write_text(WRONG)
    found = read_files(file, None, None, None).mistakes
    assert [one.told(french) for one in found] == [
        "sensors.toml, ligne 1 : il manque bay.",
        "sensors.toml, ligne 4 : bey est inconnu ; pensez-vous à bay ?",
    ]
    assert str(found[1]) == "sensors.toml line 4: bey is not known here; did you mean bay?"


def test_what_is_wrong_with_a_whole_file_names_no_line(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe9'")
    found = read_files(tmp_path / "sensors.toml", tmp_path, None, None).mistakes
    assert found[0].told(french) == "profiles/latin.toml n'est pas du texte UTF-8."


def test_the_page_says_the_sentence_in_its_readers_language() -> None:
    body = b"""{"link": {"address": "", "fault": "", "refused": [], "families": [], "mistakes": [
        {"file": "<b>.toml", "line": 7,
         "slip": {"code": "missing", "values": [["key", "b&y"]], "near": ""}}]}}"""
    renderer = Renderer(ROOT / "templates", lambda _language: French())
    page = renderer.fragment("admin/device_link.html", "fr", answer=read_answer(body))
    assert "&lt;b&gt;.toml, ligne 7 : il manque b&amp;y." in page


def test_a_file_that_pages_cannot_change_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "sensors.toml"
    file.write_text("x = = 1\n")
    page = Provisioning(file, None, lambda: SHOP)
    stamp = str(page.shown()["stamp"])
    refused = page.act(DeviceDeed.unbind, {"stamp": stamp, "kind": "sensor"})
    assert refused is not None
    told = refusal_text(refused, SHOP, french)
    assert told == "Illisible : sensors.toml, ligne 1 : une valeur manque."


def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "sensors.toml"
    file.write_bytes(b"\xff")
    shown = Provisioning(file, None, lambda: SHOP).shown()
    answer = read_bind_answer(msgspec.json.encode({"file": shown}))
    assert answer.file is not None
    assert answer.file.refusal is not None
    told = refusal_text(answer.file.refusal, SHOP, french)
    assert told == "Illisible : sensors.toml n'est pas du texte UTF-8."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x = ", "a value is missing or wrong"),
        ("x = red", "a value is missing or wrong"),
        ("x 1", "an equals sign is missing"),
        ("x = [1, 2", "a list that begins here does not end"),
        ("[[sensor]", "the head of a table ends with"),
        ('x = "red\ny = 1', "a text does not end with a quote"),
        ('x = "\x01"', "a character that may not stand here"),
        ('x = """red', "a text does not end with a quote"),
        ("x = 1 2", "something stands behind the end of the value"),
        ("x = 1\nx = 2", "a key or a table is there twice"),
        ("= 1", "neither a key with a value nor the head of a table"),
    ],
)
def test_what_is_no_toml_is_told_in_our_words(line: str, reason: str) -> None:
    _, [mistake] = read_bindings(line)
    assert reason in mistake.reason


def test_the_command_speaks_the_language_of_the_terminal() -> None:
    languages = Languages(ROOT / "locales")
    for locale, language in (
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_TW.UTF-8", "zh-Hant"),
        ("de_DE.UTF-8", "en"),
        ("C", "en"),
        ("", "en"),
    ):
        assert spoken(languages, {"LANG": locale}) == language
    assert spoken(languages, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}) == "en"


def test_every_code_has_a_sentence_and_every_sentence_is_said() -> None:
    trees = [ast.parse(file.read_text()) for file in (ROOT / "devices").rglob("*.py")]
    said = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {code for tree in trees for node in ast.walk(tree) for code in _codes(node)}
    assert codes <= SENTENCES.keys()
    assert SENTENCES.keys() - said == MADE | FRAMES


def _codes(node: ast.AST) -> list[object]:
    match node:
        case ast.Call(func=ast.Name(id="slip"), args=[ast.Constant(value=code), *_]):
            return [code]
    return []


def test_a_slip_reads_as_it_is_told() -> None:
    assert slip("between", key="x", least=0, most=5) == Slip(
        "between", (("key", "x"), ("least", "0"), ("most", "5"))
    )
    assert str(FileSlip("a.toml", 3, slip("nested"))) == "a.toml line 3: it is nested too deep."
