"""The bridge over TLS: it trusts the authority it was given and nobody else."""

import asyncio
import gc
import ssl
from pathlib import Path

import pytest

from devices.address import BrokerAddress
from tests.devices.bridges import Cable, bridge_to, listening
from tests.devices.certificates import Authority, Vouched
from tests.devices.waiting import until, until_subscribed
from tests.servers.mosquitto import Mosquitto


def server_side(broker: Vouched) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(broker.certificate, broker.key)
    return tls


def test_a_broker_with_a_trusted_certificate_is_used(mosquitto: Mosquitto, tmp_path: Path) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> None:
        tls = server_side(authority.vouch("broker"))
        async with listening(Cable(mosquitto.port).carry, tls) as port:
            ca_file = str(authority.own.certificate)
            address = BrokerAddress("127.0.0.1", port, tls=True, ca_file=ca_file)
            async with bridge_to(address) as (bridge, deliveries):
                await until_subscribed(deliveries)
                await until(lambda: bridge.fault == "", "the connection")

    asyncio.run(scenario())


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("days", "host", "is_trusted", "words"),
    [
        (1, "127.0.0.1", False, "comes from an authority that we do not know"),
        (-1, "127.0.0.1", True, "has expired"),
        (1, "localhost", True, "is for another name"),
    ],
)
def test_a_broker_nobody_vouches_for_is_not_used_and_it_is_said_why(
    mosquitto: Mosquitto, tmp_path: Path, days: int, host: str, is_trusted: bool, words: str
) -> None:
    authority = Authority(tmp_path)

    async def scenario() -> None:
        tls = server_side(authority.vouch("broker", days))
        async with listening(Cable(mosquitto.port).carry, tls) as port:
            ca_file = str(authority.own.certificate) if is_trusted else ""
            address = BrokerAddress(host, port, tls=True, ca_file=ca_file)
            async with bridge_to(address) as (bridge, _):
                await until(lambda: words in bridge.fault, "the refusal")

    asyncio.run(scenario())
    gc.collect()
