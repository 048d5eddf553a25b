"""`baylight shop catalogue` takes a file of work in, or says every mistake and takes nothing."""

from pathlib import Path

from tests.catalogue.sheets import SOUND
from tests.e2e.running import shop_file
from tests.starting.asked import Ask


def there(ask: Ask, folder: Path) -> None:
    """A shop to take a catalogue into."""
    file = folder / "shop.toml"
    file.write_text(shop_file())
    assert ask("shop", "import", str(file))[0] == 0


def test_a_file_is_taken_in_and_a_wrong_one_only_as_asked(ask: Ask, tmp_path: Path) -> None:
    there(ask, tmp_path)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(SOUND.encode("gb18030"))
    bad.write_text("代码,项目,工时\nZ1,Polish,1\nZ2,Paint,one\n")
    assert ask("shop", "catalogue", str(good)) == (0, "2 items taken, 2 in the catalogue\n")
    told = f"{bad}:3: C 工时: “one” is not a number of hours\n"
    code, said = ask("shop", "catalogue", str(bad))
    assert (code, said.startswith(told)) == (1, True)
    code, said = ask("shop", "catalogue", str(bad), "--good-rows", "--replace")
    assert (code, said) == (0, f"{told}1 items taken, 1 in the catalogue\n")


def test_without_a_shop_nothing_is_made(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "good.csv"
    file.write_text(SOUND)
    code, said = ask("shop", "catalogue", str(file))
    assert code == 1
    assert "there is no shop" in said
