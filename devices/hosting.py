"""When we say that a Sparkplug host is there: as long as we, and nobody else, listen for the shop.

Knows no MQTT library.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from devices.access import AccessFault, access_of
from devices.adapters import Adapter
from devices.address import BrokerAddress
from devices.families.sparkplug import SparkplugB
from devices.mqtt_client import Plan
from devices.mqtt_host import HostWord

WATCH_SECONDS = 1.0


def host_of(site: str) -> str:
    """The id that nodes may name as their primary host."""
    return f"baylight-{site}"


def host_topic(adapters: Iterable[Adapter], site: str) -> str:
    """Where nodes look whether we are there; empty where none speak Sparkplug to us."""
    bases = (one.base for one in adapters if isinstance(one, SparkplugB))
    return next((f"{base}/STATE/{host_of(site)}" for base in bases), "")


async def keep_hosting(address: BrokerAddress, site: str, topic: Callable[[], str]) -> None:
    """Say it on `topic` until cancelled; while that is empty take it back."""
    word: HostWord | None = None
    try:
        while True:
            wanted = topic()
            if word is not None and not word.is_of(wanted):
                await asyncio.to_thread(word.close)
                word = None
            if wanted and word is None:
                word = _begun(address, site, wanted)
            await asyncio.sleep(WATCH_SECONDS)
    finally:
        if word is not None:
            await asyncio.to_thread(word.close)


def _begun(address: BrokerAddress, site: str, topic: str) -> HostWord | None:
    """None while a file that the address names cannot be used: the bridge says which."""
    try:
        access = access_of(address, datetime.now(UTC))
    except AccessFault:
        return None
    plan = Plan(
        address=address,
        client_id=f"{host_of(site)}-host-{secrets.token_hex(4)}",
        filters=(),
        status_topic=topic,
        boot="",
        clock=lambda: datetime.now(UTC),
        changed=lambda: None,
    )
    word = HostWord(plan, access)
    word.open()
    return word
