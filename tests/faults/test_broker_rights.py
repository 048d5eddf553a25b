"""Certificates that expire, passwords that change, topics that are denied: each in a sentence."""

import asyncio
import gc
import json
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from devices.address import BrokerAddress, read_address
from tests.devices.bridges import bridge_to, local
from tests.devices.certificates import Authority
from tests.devices.waiting import device_at, next_message, say, until, until_subscribed
from tests.servers.mosquitto import StartMosquitto

PLUGIN = "mosquitto_dynamic_security.so"
DENIED = {
    "defaultACLAccess": dict.fromkeys(
        ("publishClientSend", "publishClientReceive", "subscribe", "unsubscribe"), True
    ),
    "groups": [{"groupname": "all", "roles": [{"rolename": "deaf"}]}],
    "roles": [
        {
            "rolename": "deaf",
            "acls": [{"acltype": "subscribeLiteral", "topic": "zigbee2mqtt/#", "allow": False}],
        }
    ],
    "anonymousGroup": "all",
}


# paho leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_each_paper_a_broker_wants_is_named_and_a_renewed_one_is_used_at_once(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    """Falls over without `link.is_outdated()` in bridge.py: paho knows only the first password."""
    authority, password = Authority(tmp_path), tmp_path / "password"
    broker, old, ours = (authority.vouch(*each) for each in (("b",), ("old", -1), ("ours",)))
    password.write_text("first\n")
    server = start_mosquitto(
        {"shop": "first"},
        [
            f"cafile {authority.own.certificate}",
            f"certfile {broker.certificate}",
            f"keyfile {broker.key}",
            "require_certificate true",
        ],
    )
    address = replace(
        read_address(f"mqtts://shop@127.0.0.1:{server.port}?password_file={password}"),
        ca_file=str(authority.own.certificate),
    )
    shown = tmp_path / "shown.pem"
    shown.write_bytes(old.certificate.read_bytes() + old.key.read_bytes())

    async def scenario() -> None:
        async with bridge_to(address) as (bridge, _):
            await until(lambda: "may not accept our certificate" in bridge.fault, "the hint")
        async with bridge_to(replace(address, certificate_file=str(shown))) as (bridge, heard):
            await until(lambda: "has expired on" in bridge.fault, "the date")
            shown.write_bytes(ours.certificate.read_bytes() + ours.key.read_bytes())
            await until_subscribed(heard)
            await asyncio.to_thread(server.stop)
            server.change_password("shop", "second")
            await asyncio.to_thread(server.start)
            await until(lambda: "the broker refuses us: Not authorized" in bridge.fault, "the no")
            password.write_text("second\n")
            await until_subscribed(heard)
            assert (bridge.fault, bridge.refusals) == ("", ())

    asyncio.run(scenario())
    gc.collect()


def test_a_topic_that_is_denied_is_named_and_the_others_are_heard(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    """Falls over without `_refusal` in `Link._granted`: the shop would be deaf in silence."""
    [plugin, *_] = Path("/usr/lib").glob(f"*/{PLUGIN}")
    rights = tmp_path / "rights.json"
    rights.write_text(json.dumps(DENIED))
    broker = start_mosquitto({}, [f"plugin {plugin}", f"plugin_opt_config_file {rights}"])

    async def scenario() -> None:
        filters = ("shop/main/dev/#", "zigbee2mqtt/#")
        async with AsyncExitStack() as stack:
            device = stack.enter_context(device_at(broker.port))
            bridge, heard = await stack.enter_async_context(
                bridge_to(local(broker.port), filters=filters)
            )
            await until(lambda: bridge.refusals, "the refusal")
            [sentence] = bridge.refusals
            assert "does not let us hear zigbee2mqtt/# (Not authorized)" in sentence
            assert bridge.fault == ""
            say(device, "zigbee2mqtt/eye", b"{}")
            say(device, "shop/main/dev/eye/st/occupancy", b"1")
            assert (await next_message(heard)).topic == "shop/main/dev/eye/st/occupancy"

    asyncio.run(scenario())


def test_a_paper_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    named = {"ca_file": "authority", "certificate_file": "certificate", "password_file": "password"}

    async def scenario() -> None:
        for field, word in named.items():
            address = BrokerAddress("127.0.0.1", 1, "shop", tls=True)
            wrong = replace(address, **{field: str(tmp_path / "none")})  # type: ignore[arg-type]
            async with bridge_to(wrong) as (bridge, _):
                await until(lambda: "none cannot be" in bridge.fault, "the name")
                assert word in bridge.fault

    asyncio.run(scenario())
