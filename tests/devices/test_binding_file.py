"""The bindings file is written whole, and never over what nobody has seen."""

from pathlib import Path

import pytest

from devices.binding_edits import EditRefused
from devices.binding_file import LARGEST_FILE, BindingFile, stamp_of_text


def test_a_file_that_is_not_there_is_made_for_us_alone(tmp_path: Path) -> None:
    path = tmp_path / "sensors.toml"
    file = BindingFile(path)
    assert file.text() == ""
    file.edit(stamp_of_text(""), lambda text: text + "# new\n")
    assert path.read_text() == "# new\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_file_keeps_its_mode_its_link_and_its_ends_of_lines(tmp_path: Path) -> None:
    real, path = tmp_path / "real.toml", tmp_path / "sensors.toml"
    real.write_bytes(b"# a\r\n")
    real.chmod(0o640)
    path.symlink_to(real)
    file = BindingFile(path)
    file.edit(stamp_of_text(file.text()), lambda text: text + "# b\r\n")
    assert path.is_symlink()
    assert real.read_bytes() == b"# a\r\n# b\r\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_somebody_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "sensors.toml"
    path.write_text("# shown\n")
    file = BindingFile(path)
    stamp = stamp_of_text(file.text())
    path.write_text("# by hand\n")
    with pytest.raises(EditRefused, match="changed"):
        file.edit(stamp, lambda text: text + "# page\n")
    assert path.read_text() == "# by hand\n"


def test_a_refused_edit_leaves_everything(tmp_path: Path) -> None:
    path = tmp_path / "sensors.toml"
    path.write_text("# shown\n")

    def refuse(text: str) -> str:
        raise EditRefused("missing")

    with pytest.raises(EditRefused):
        BindingFile(path).edit(stamp_of_text("# shown\n"), refuse)
    assert path.read_text() == "# shown\n"
    assert not path.with_name(".sensors.toml.new").exists()


@pytest.mark.parametrize(
    ("content", "code"), [(b"# \xff\n", "unreadable"), (b"#" * (LARGEST_FILE + 1), "too_large")]
)
def test_a_file_that_is_no_text_is_left_alone(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "sensors.toml"
    path.write_bytes(content)
    with pytest.raises(EditRefused, match=code):
        BindingFile(path).text()
