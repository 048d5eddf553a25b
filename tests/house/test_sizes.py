"""Sizes that keep a file one idea and a function one thought."""

from statistics import median

from tests.house.source import ROOT, functions, python_files

FUNCTION_LINES = 40
MEDIAN_FUNCTION_LINES = 8
FILE_LINES = 250
TEMPLATE_LINES = 60


def _function_sizes(file: str) -> list[tuple[str, int]]:
    return [
        (f"{file}:{function.lineno} {function.name}", function.end_lineno - function.lineno + 1)
        for function in functions(file)
        if function.end_lineno is not None
    ]


def _lines(file: str) -> int:
    return len((ROOT / file).read_text().splitlines())


def _source() -> list[str]:
    return [file for file in python_files() if not file.startswith("tests/")]


def test_no_function_is_longer_than_a_screen() -> None:
    sizes = [size for file in python_files() for size in _function_sizes(file)]
    assert [size for size in sizes if size[1] > FUNCTION_LINES] == []


def test_the_usual_function_is_short() -> None:
    sizes = [lines for file in _source() for _name, lines in _function_sizes(file)]
    assert median(sizes) <= MEDIAN_FUNCTION_LINES


def test_no_python_file_holds_two_ideas() -> None:
    long = {file: _lines(file) for file in python_files() if _lines(file) > FILE_LINES}
    assert long == {}


def test_no_template_holds_two_ideas() -> None:
    files = [str(path) for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert {file: _lines(file) for file in files if _lines(file) > TEMPLATE_LINES} == {}
