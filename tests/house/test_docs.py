"""What exists is documented: commands, events, refusals, settings, the command line, files."""

import ast
import re
from functools import cache
from typing import get_args

import pytest

from board.codec import COMMANDS
from board.core import events, refusals
from tests.house.source import ROOT, python_files, tree

SETTING = re.compile(r"\b(?:BAYLIGHT_[A-Z_]+|DATABASE_URL|REDIS_URL|MQTT_URL)\b")
WORDS_IN_A_NAME = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
PATH_IN_A_TABLE = re.compile(r"`([\w./*<>-]+/[\w./*<>-]*|\w+\.(?:py|md|toml|cfg))`")


@cache
def _docs() -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / "docs").rglob("*.md")))


def _is_documented(name: str) -> bool:
    """Whether docs/ has this word in code letters, as a class, a wire name or in an address."""
    snake = WORDS_IN_A_NAME.sub("_", name).lower()
    spellings = "|".join(re.escape(word) for word in (name, snake, snake.replace("_", "-")))
    return re.search(rf"`[^`\n]*(?<![\w-])(?:{spellings})(?![\w-])[^`\n]*`", _docs()) is not None


def _command_line() -> set[str]:
    """The first argument of each add_parser call of the command line."""
    calls = [
        node
        for file in python_files()
        if re.fullmatch(r"cli\w*\.py", file)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    return {_word(call) for call in calls if ast.unparse(call.func).endswith("add_parser")}


def _word(call: ast.Call) -> str:
    first = call.args[0]
    assert isinstance(first, ast.Constant), f"line {call.lineno}: a command's name is written out"
    return str(first.value)


def _settings() -> set[str]:
    return set(SETTING.findall((ROOT / "settings.py").read_text()))


def _existing(kind: str) -> set[str]:
    match kind:
        case "command":
            return {one.__name__ for one in COMMANDS.values()}
        case "event":
            return {one.__name__ for one in get_args(events.Event)}
        case "refusal":
            return set(refusals.SENTENCES)
        case "setting":
            return _settings()
    return _command_line()


@pytest.mark.parametrize("kind", ["command", "event", "refusal", "setting", "command line"])
def test_everything_that_exists_is_documented(kind: str) -> None:
    existing = _existing(kind)
    assert existing, f"no {kind} was found: this test looks in the wrong place"
    undocumented = sorted(name for name in existing if not _is_documented(name))
    assert not undocumented, f"docs/ does not name these ({kind}): {', '.join(undocumented)}"


def test_the_newcomers_table_names_files_that_exist() -> None:
    rows = [row for row in (ROOT / "CONTRIBUTING.md").read_text().splitlines() if row[:1] == "|"]
    named = [path for row in rows for path in PATH_IN_A_TABLE.findall(row)]
    assert named, "the table is missing"
    missing = [path for path in named if not any(ROOT.glob(re.sub(r"<\w+>", "*", path)))]
    assert not missing, ", ".join(missing)


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE"])
def test_the_front_pages_are_there(name: str) -> None:
    assert (ROOT / name).read_text().strip()
