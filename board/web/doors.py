"""What every door is given: one frozen value, built once by the wiring.

Holds no behaviour of its own and knows nothing of how its parts are made.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from board.accounts import Accounts
from board.core.device_deeds import DeviceDeed
from board.core.refusals import Refused
from board.desk import Desk
from board.journal import Journal
from board.languages import Languages
from board.secret import derived
from board.web.access import Access
from board.web.limits import Limits
from board.web.phone_streams import PhoneStreams
from board.web.proxies import Proxies


class Render(Protocol):
    """Turns a template and what it shows into text, in one language."""

    def __call__(self, template: str, language: str, /, **context: object) -> str:
        """Return the text of the template."""


ReadPhoto = Callable[[str, str, str, bool], bytes]
"""(shop id, job id, name, small) -> the picture as JPEG; b"" when there is none."""


HearPlates = Callable[[str, str, str, bytes], Awaitable[bool]]
"""(shop id, camera, content type, body) -> whether it could be read; what it means is done."""


AskDevices = Callable[[str, bytes], Awaitable[bytes | None]]
"""(shop id, question as JSON) -> the answer; None when nobody could give one."""


BindDevices = Callable[[str, DeviceDeed, Mapping[str, str]], Refused | None]
"""(shop id, deed, form) -> what a person can mend; it reads and writes files."""


def _nothing_to_bind(_shop_id: str, _deed: DeviceDeed, _form: Mapping[str, str]) -> Refused | None:
    return Refused("devices_off")


async def _no_devices(_shop_id: str, _question: bytes) -> bytes | None:
    return None


async def _no_cameras(_shop_id: str, _camera: str, _kind: str, _body: bytes) -> bool:
    return False


def _no_photos(_shop_id: str, _job_id: str, _name: str, _small: bool) -> bytes:
    return b""


def _has_no_photo(_shop_id: str, _job_id: str, _name: str) -> bool:
    return False


def _nothing_degraded() -> Mapping[str, str]:
    return {}


def _no_figures() -> Mapping[str, float]:
    return {}


def _real_time() -> Mapping[str, object] | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Everything the doors need.

    `desk_of` finds a shop's desk by shop id; `shop_of_host` the shop id that a Host header means,
    or ''. `clock` is the real time, for security timers. `secret` keys the CSRF tokens.
    `proxies` are those whose word on a visitor counts.
    `degraded` names what does not work and why, for /readyz; `figures` are read for /metrics.
    `connected` names the paired screens that are live now, as `shop:screen`.
    `photo` reads a photo of a job, for its customer; `has_photo` says whether one of that name is
    there, by shop, job and name; `phones` are the customers' pages that listen.
    `plates` hears what plate cameras send; `devices` answers about those of a shop,
    `bind` changes where they hang.
    `simulated` gives now and rate of a simulated shop's clock, None where time is real.
    """

    accounts: Accounts
    access: Access
    journal: Journal
    desk_of: Callable[[str], Desk | None]
    shop_of_host: Callable[[str], str]
    render: Render
    languages: Languages
    secret: bytes
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    proxies: Proxies = field(default_factory=Proxies)
    degraded: Callable[[], Mapping[str, str]] = _nothing_degraded
    figures: Callable[[], Mapping[str, float]] = _no_figures
    connected: Callable[[], Collection[str]] = tuple
    simulated: Callable[[], Mapping[str, object] | None] = _real_time
    photo: ReadPhoto = _no_photos
    has_photo: Callable[[str, str, str], bool] = _has_no_photo
    phones: PhoneStreams = field(default_factory=PhoneStreams)
    plates: HearPlates = _no_cameras
    devices: AskDevices = _no_devices
    bind: BindDevices = _nothing_to_bind

    @property
    def phone_secret(self) -> bytes:
        """What keys the links and codes of customers' phone pages."""
        return derived(self.secret, "phones")
