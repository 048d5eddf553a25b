"""What a test says it falls over without is there: a file, a name or a line of the program."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import ROOT, functions, python_files

TOLD = re.compile(r"[Ff]alls? over\b.*", re.DOTALL)
QUOTED = re.compile(r"`([^`]+)`")
FILE = re.compile(r"\b[\w/]+\.(?:py|js|css|toml|html)\b")
METHOD = re.compile(r"\b(_?[A-Z][a-z]\w+)\.(\w+)\b")
TURN = re.compile(r"\b(without|with|when|as soon as)\b")
PROGRAM = ("*.py", "board", "displays", "devices", "static", "templates", "migrations")


@cache
def _program() -> dict[str, str]:
    """The text of each file that the shop runs by, by its path."""
    found = [
        path
        for name in PROGRAM
        for path in (ROOT.glob(name) if "*" in name else (ROOT / name).rglob("*"))
        if path.suffix in (".py", ".js", ".css", ".html")
    ]
    return {str(path.relative_to(ROOT)): path.read_text() for path in found}


@cache
def _squeezed() -> str:
    return "\n".join(_without_blanks(text) for text in _program().values())


@cache
def _methods() -> frozenset[tuple[str, str]]:
    """(class, name) of all that our classes hold."""
    return frozenset(
        (node.name, name)
        for file, text in _program().items()
        if file.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
        for name in re.findall(r"\b(?:def |self\.)(\w+)", ast.unparse(node))
    )


def _strange_methods(told: str) -> Iterator[tuple[str, str]]:
    """What is told of our classes and not in them."""
    ours = {held_by for held_by, _ in _methods()}
    for held_by, name in METHOD.findall(told):
        if held_by in ours and (held_by, name) not in _methods():
            yield held_by, name


def _is_name(code: str) -> bool:
    method = METHOD.fullmatch(code)
    is_ours = method is not None and (method[1], method[2]) in _methods()
    return is_ours or bool(FILE.fullmatch(code)) or code.startswith("board.")


def _without_blanks(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _told() -> Iterator[tuple[str, str]]:
    """(test, what it falls over without) of every test that says so."""
    for file in python_files():
        if file.startswith("tests/"):
            for function in functions(file):
                found = TOLD.search(ast.get_docstring(function) or "")
                if found:
                    yield f"{file}::{function.name}", found[0]


def _lines(told: str) -> Iterator[str]:
    """The code quoted after `without`; what is quoted after another word need not be there."""
    for quoted in QUOTED.finditer(told):
        code = quoted[1]
        turns = TURN.findall(told, 0, quoted.start())
        if turns and turns[-1] == "without" and not _is_name(code):
            yield code


def _stands(code: str) -> bool:
    parts = (_without_blanks(part).removesuffix("()") for part in code.split("…"))
    return all(part.strip("()") in _squeezed() for part in parts)


@pytest.mark.parametrize(("test", "told"), list(_told()))
def test_what_a_test_falls_over_without_is_there(test: str, told: str) -> None:
    files = {name for name in FILE.findall(told) if not _is_file(name)}
    assert not files, f"{test} names files that are not there"
    methods = list(_strange_methods(told))
    assert not methods, f"{test} names methods that are not there"
    lines = [code for code in _lines(told) if not _stands(code)]
    assert not lines, f"{test} quotes lines that are not there"


def _is_file(name: str) -> bool:
    return any(f"/{path}".endswith(f"/{name}") for path in _program())
