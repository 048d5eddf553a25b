"""The shop's file: what a sound one means, and line and reason of each mistake."""

from datetime import time
from pathlib import Path

import pytest

from board.core.bays import BayKind
from board.core.roles import Role
from board.shop_file import ShopFile, check, read_shop_file

EXAMPLE = (Path(__file__).parents[2] / "examples" / "shop.toml").read_text()

SOUND = """[shop]
name = "Shop"
opens = "08:00"
[[bays]]
id = "bay-1"
name = "1"
[[people]]
id = "chen"
name = "Chen"
roles = ["manager"]
bays = ["bay-1"]
"""


def test_the_example_is_sound() -> None:
    assert check(EXAMPLE) == []


def test_a_sound_file_is_one_command() -> None:
    found = read_shop_file(EXAMPLE)
    assert isinstance(found, ShopFile)
    command = found.command
    assert command.settings.hours.opens == time(8, 30)
    assert {bay.kind for bay in command.bays} >= {BayKind.general, BayKind.new_energy}
    assert next(who for who in command.people if who.id == "wang").roles == (Role.technician,)
    assert found.pins["wang"] == "1234"


def test_times_may_be_written_as_toml_has_them() -> None:
    found = read_shop_file(SOUND.replace('"08:00"', "07:15:00"))
    assert isinstance(found, ShopFile)
    assert found.command.settings.hours.opens == time(7, 15)


OWN = """[[workflow.states]]
id = "shine"
name = "Shine"
lane = "{lane}"
after = "awaiting_settlement"
by = ["{by}"]"""
WAY = """[[workflow.ways]]
from = "ready"
to = "{to}"
by = ["cashier"]"""
MISTAKES = [
    ('opens = "08:00"', 'opens = "8 o\'clock"', "opens", "time"),
    ('opens = "08:00"', 'opens = "24:00"', "opens", "time"),
    ('opens = "08:00"', 'closes = "08:30"', "closes", "opening"),
    ('opens = "08:00"', "opens = 8", "opens", "time"),
    ('opens = "08:00"', 'colour = "red"', "colour", "unknown key"),
    ('opens = "08:00"', 'language = "tlh"', "language", "not known"),
    ('opens = "08:00"', 'time_zone = "Moon/Base"', "time_zone", "not known"),
    ('opens = "08:00"', "no_show_seconds = 0", "no_show_seconds", "above 0"),
    ('opens = "08:00"', "no_show_seconds = true", "no_show_seconds", "above 0"),
    ('opens = "08:00"', 'advisors_dispatch = "yes"', "advisors_dispatch", "true or false"),
    ('name = "Shop"', 'name = " "', "name", "characters"),
    ('name = "Shop"', "name = 7", "name", "text"),
    ('id = "bay-1"', 'id = "Bay 1"', "id", "a-z"),
    ('name = "1"', 'name = "1"\nkind = "garage"', "kind", "not one of"),
    ('roles = ["manager"]', 'roles = ["king"]', "roles", "not one of"),
    ('roles = ["manager"]', 'roles = ["manager", "device"]', "roles", "no role for people"),
    ('roles = ["manager"]', 'roles = "manager"', "roles", "list"),
    ('roles = ["manager"]', "roles = []", "roles", "at least one role"),
    ('roles = ["manager"]', 'roles = ["washer"]', "[[people]]", "manager"),
    ('bays = ["bay-1"]', 'bays = ["bay-9"]', "bays", "no bay “bay-9”"),
    ('bays = ["bay-1"]', '[[bays]]\nid = "bay-1"\nname = "x"', "id", "already taken"),
    ('bays = ["bay-1"]', "[workflow]\nleft_out = ['flying']", "left_out", "no state “flying”"),
    ('bays = ["bay-1"]', "[workflow]\nleft_out = ['ready']", "left_out", "needed"),
    ('bays = ["bay-1"]', "[workflow.state_names]\nready = ''", "ready", "name"),
    ('bays = ["bay-1"]', "[workflow.state_names]\nflying = 'x'", "flying", "no state “flying”"),
    ('bays = ["bay-1"]', OWN.format(lane="attic", by="washer"), "lane =", "not one of"),
    ('bays = ["bay-1"]', OWN.format(lane="hold", by="washer"), "lane =", "not one of"),
    ('bays = ["bay-1"]', OWN.format(lane="wash", by="king"), "by =", "not one of"),
    ('bays = ["bay-1"]', OWN.format(lane="wash", by="device"), "by =", "not one of"),
    ('bays = ["bay-1"]', OWN.format(lane="wash", by="washer"), "[[workflow.states]]", "ready"),
    ('bays = ["bay-1"]', "[workflow]\norder = ['ready']", "order", "cannot change its place"),
    ('bays = ["bay-1"]', "[workflow]\nleft_out = ['booked']", "left_out", "no way leads to"),
    ('bays = ["bay-1"]', WAY.format(to="gate"), "to =", "no state “gate”"),
    ('bays = ["bay-1"]', WAY.format(to="working"), "to =", "no way from"),
    ('bays = ["bay-1"]', "[workflow.state_names]\nready = '待结算'", "ready", "both be called"),
    ('bays = ["bay-1"]', "[workflow.state_names]\nready = 'Held'", "ready", "both be called"),
    ('bays = ["bay-1"]', "[workflow]\nstates = 1", "states", "rows"),
    ('bays = ["bay-1"]', '[pins]\nchen = "12"', "chen", "4 digits"),
    ('bays = ["bay-1"]', "[pins]\nchen = 1234", "chen", "text"),
    ('bays = ["bay-1"]', '[pins]\nnobody = "1234"', "nobody", "nobody"),
    ('bays = ["bay-1"]', "[prices]\nhour = 1", "[prices]", "unknown key"),
    ('bays = ["bay-1"]', "this is not TOML", "this is not TOML", "not TOML"),
    ('bays = ["bay-1"]', 'bays = ["bay-1"', "", "not TOML"),
]


@pytest.mark.parametrize(("sound", "wrong", "where", "reason"), MISTAKES)
def test_a_mistake_is_told_with_its_line(sound: str, wrong: str, where: str, reason: str) -> None:
    text = SOUND.replace(sound, wrong)
    found = [mistake for mistake in check(text) if reason in mistake.reason]
    assert found, check(text)
    assert where in text.split("\n")[found[0].line - 1]


def test_every_mistake_is_told_at_once() -> None:
    text = SOUND.replace('"08:00"', '"x"').replace('"bay-1"', '"B"').replace("manager", "king")
    lines = [mistake.line for mistake in check(text)]
    assert len(set(lines)) >= 3
    assert lines == sorted(lines)


@pytest.mark.parametrize("text", ["", "bays = 1", "people = [1]", "shop = []", "[" * 5000, "\0"])
def test_a_file_of_another_shape_is_told_in_words(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize("line", [".".join("a" * 30_000) + " = 1", "[" + "a." * 30_000 + "a]"])
def test_a_line_made_of_dots_is_not_parsed(line: str) -> None:
    (mistake,) = check(f"{SOUND}\n{line}\n")
    assert (mistake.line, mistake.reason) == (13, "this line has more than 100 dots")


def test_dots_in_a_remark_are_no_mistake() -> None:
    assert check(f"# {'.' * 200}\n{SOUND}") == []


def test_of_endless_mistakes_the_first_hundred_are_told() -> None:
    mistakes = check(SOUND + "[[bays]]\nid = 1\n" * 3000)
    assert len(mistakes) == 100
    assert [mistake.line for mistake in mistakes] == sorted(mistake.line for mistake in mistakes)


def test_the_network_for_guests_is_read_or_told_by_its_line() -> None:
    found = read_shop_file(SOUND.replace("opens", 'wifi = "Guest"\nopens'))
    assert isinstance(found, ShopFile)
    assert found.command.settings.wifi == "Guest"
    (mistake,) = check(SOUND.replace("opens", f'wifi = "{"G" * 33}"\nopens'))
    assert (mistake.line, mistake.key) == (3, "wifi")


def test_a_telephone_of_the_shop_is_read_or_told_by_its_line() -> None:
    found = read_shop_file(SOUND.replace("opens", 'phone = "010-5550 1234"\nopens'))
    assert isinstance(found, ShopFile)
    assert found.command.settings.phone == "010-5550 1234"
    (mistake,) = check(SOUND.replace("opens", 'phone = "ask Li"\nopens'))
    assert (mistake.line, mistake.key) == (3, "phone")
