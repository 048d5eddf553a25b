"""The hall of the sensors of the first shop, joined to its desk and to what screens show.

A part of the wiring.
"""

from board.claim import Claim
from board.clock import Clock
from board.desk import Desk
from board.journal import JournalUnavailable
from board.languages import Languages
from devices.hall import SensorHall
from devices.listing import Reader
from settings import Settings
from workshop_devices import hall_of
from workshop_shown import ShownToDevices


def open_sensors(
    settings: Settings,
    slug: str,
    badge_key: bytes,
    desk: Desk,
    clock: Clock,
    claim: Claim,
    languages: Languages,
) -> SensorHall:
    """A hall that does nothing where the settings want no sensors. `slug`: the shop's."""
    shown = ShownToDevices(lambda: desk.shop, clock.now, languages).look
    hall = hall_of(settings, slug, badge_key)

    def reader() -> Reader:
        language = desk.shop.settings.language
        return Reader(language, languages.translations(language).gettext)

    return SensorHall(desk, hall, clock.now, claim, JournalUnavailable, shown, reader)
