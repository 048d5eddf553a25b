"""Every command explains itself, and the settings are listed where one looks for them."""

import argparse

import pytest

from cli import _parser, main
from settings import ENVIRONMENT


def _words(parser: argparse.ArgumentParser, so_far: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [so_far]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                found += _words(inner, (*so_far, word))
    return found


COMMANDS = _words(_parser())


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    assert " ".join(("usage: baylight", *words)) in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("serve",)])
def test_the_settings_are_listed(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    said = capsys.readouterr().out
    for name, meaning in ENVIRONMENT.items():
        assert name in said
        assert meaning in said


def test_without_a_command_the_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: baylight" in capsys.readouterr().out
