"""`baylight shop check` says line and reason of each mistake, and changes nothing."""

from pathlib import Path

from tests.e2e.running import shop_file
from tests.starting.asked import Ask


def test_a_sound_file_is_well(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(shop_file())
    assert ask("shop", "check", str(file)) == (0, f"{file}: all is well\n")
    assert not (tmp_path / "data").exists()


def test_each_mistake_is_told_with_its_line(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text('[shop]\nname = "A"\nopens = "25:00"\n\n[[bays]]\nid = "1"\nkind = "pool"\n')
    code, said = ask("shop", "check", str(file))
    assert code == 1
    told = [line.removeprefix(f"{file}:").partition(": ") for line in said.splitlines()]
    lines = {int(number) for number, _, reason in told if reason}
    assert lines >= {3, 5, 7}


def test_a_wrong_file_is_not_imported(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text('[shop]\nname = ""\n')
    code, said = ask("shop", "import", str(file))
    assert code == 1
    assert f"{file}:2: " in said
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there_or_no_text_is_told(ask: Ask, tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing.toml", tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for deed in ("check", "import"):
        assert ask("shop", deed, str(missing)) == (1, f"baylight: there is no file {missing}\n")
    code, said = ask("shop", "check", str(tmp_path))
    assert (code, said) == (1, f"baylight: {tmp_path} cannot be read (Is a directory)\n")
    code, said = ask("shop", "check", str(binary))
    assert (code, said) == (1, f"baylight: {binary} is not UTF-8 text\n")
