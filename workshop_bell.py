"""How processes of one shop wake each other: by Redis where there is one, else within the house."""

from collections.abc import Callable

from board.doorbell import Doorbell, HouseBell
from board.doorbell_redis import RedisBell
from board.presence import Presence
from settings import SettingsFault


def open_bell(url: str, house: str, boot: str, presence: Callable[[], Presence]) -> Doorbell:
    """The bell of a process; SettingsFault names an address that cannot be used."""
    if not url:
        return HouseBell()
    try:
        return RedisBell(url, house, boot, presence)
    except ValueError as error:
        raise SettingsFault("REDIS_URL", str(error)) from None
