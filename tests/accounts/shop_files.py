"""A sound file of a shop to add tables to, and what a file means."""

from board.core.shop import Settings
from board.shop_file import ShopFile, read_shop_file

SOUND = """[shop]
name = "Shop"
[[people]]
id = "chen"
name = "Chen"
roles = ["manager"]
"""


def settings_of(text: str) -> Settings:
    """The settings that a sound file asks for."""
    found = read_shop_file(text)
    assert isinstance(found, ShopFile)
    return found.command.settings
