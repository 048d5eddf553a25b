"""The checks in a shop's file: what they mean, and line and reason of each mistake."""

import pytest

from board.core.check_templates import CheckTemplate, OwnWork, Point
from board.core.job import Flag
from board.core.workflow import CheckLevel
from board.shop_file import ShopFile, check, read_shop_file

SHOP = """[shop]
name = "Shop"
[[people]]
id = "chen"
name = "Chen"
roles = ["manager"]
"""
CHECKS = """[checks]
own_work = "with_reason"
[defects]
B12 = "油底渗油"
[[check]]
level = "final"
kinds = ["保养", "maintenance"]
road_test = true
[[check.points]]
id = "bolts"
text = "车轮螺栓力矩"
unit = "N·m"
least = 90
most = 140.5
[[check.points]]
id = "picture"
text = "修复部位照片"
photo = true
[[check]]
level = "team"
one_by_one = true
road_test_flags = ["comeback"]
points = [{ id = "hv", text = "高压接插件", flags = ["new_energy"] }]
"""


def read(text: str) -> ShopFile:
    """A sound file."""
    found = read_shop_file(SHOP + text)
    assert isinstance(found, ShopFile), found
    return found


def test_a_file_without_checks_says_nothing_of_them() -> None:
    assert read("").command.checks is None


def test_checks_points_and_defect_codes_are_read() -> None:
    book = read(CHECKS).command.checks
    assert book is not None
    bolts = Point("bolts", "车轮螺栓力矩", "N·m", 90.0, 140.5)
    picture = Point("picture", "修复部位照片", photo=True)
    plug = Point("hv", "高压接插件", flags=frozenset({Flag.new_energy}))
    comeback = frozenset({Flag.comeback})
    kinds = ("保养", "maintenance")
    assert book.templates == (
        CheckTemplate(CheckLevel.final, (bolts, picture), kinds, road_test=True),
        CheckTemplate(CheckLevel.team, (plug,), road_test_flags=comeback, one_by_one=True),
    )
    assert (book.defects, book.own_work) == ({"B12": "油底渗油"}, OwnWork.with_reason)


MISTAKES = [
    ('own_work = "with_reason"', 'own_work = "sometimes"', "own_work: “sometimes” is not one of"),
    ('own_work = "with_reason"', "owner = 1", "owner: unknown key"),
    ('B12 = "油底渗油"', 'B12 = ""', "B12: must have 1 to 80"),
    ('level = "final"', 'level = "last"', "level: “last” is not one of"),
    ("road_test = true", "road_test = 1", "road_test: must be true or false"),
    ("road_test = true", "tests = 1", "tests: unknown key"),
    ('id = "bolts"', 'id = "Bolts!"', "id: “Bolts!” must be"),
    ('id = "picture"', 'id = "bolts"', "id: “bolts” is already taken"),
    ('text = "修复部位照片"', 'text = " "', "text: must have 1 to 80"),
    ('unit = "N·m"', 'unit = "newton metres"', "unit: must have at most 10"),
    ("least = 90", 'least = "90"', "least: must be a number"),
    ("least = 90", "least = 200", "least: least and most need a unit"),
    ("photo = true", "photo = true\nmost = 4", "most: least and most need a unit"),
    ("photo = true", "photo = true\nsound = 4", "sound: unknown key"),
    ('flags = ["new_energy"]', 'flags = ["fast"]', "“fast” is not one of"),
    ('road_test_flags = ["comeback"]', 'road_test_flags = ["x"]', "road_test_flags: “x” is not"),
    (
        'level = "team"',
        'level = "final"\nkinds = ["保养"]',
        "already a check “final”",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "reason"), MISTAKES)
def test_each_mistake_is_told_with_its_line(right: str, wrong: str, reason: str) -> None:
    text = SHOP + CHECKS.replace(right, wrong)
    found = [(mistake.line, mistake.reason) for mistake in check(text)]
    assert len(found) == 1, found
    line, said = found[0]
    assert reason in said
    last = wrong.split("\n")[-1]
    key = last.partition(" =")[0]
    expected = {n for n, each in enumerate(text.split("\n"), 1) if key in each or "[[check" in each}
    assert line in expected


def test_points_are_found_in_their_own_check() -> None:
    text = SHOP + CHECKS.replace('[[check]]\nlevel = "team"', '[[check]]\nlevel = "team"', 1)
    text += '[[check]]\nlevel = "self"\n[[check.points]]\nid = "a"\ntext = ""\n'
    (mistake,) = check(text)
    assert (mistake.line, mistake.key) == (len(text.split("\n")) - 1, "text")


def test_points_that_are_no_rows_are_told() -> None:
    found = check(SHOP + '[[check]]\nlevel = "self"\npoints = ["clean"]\n')
    assert [(one.line, one.code) for one in found] == [(9, "rows")]
