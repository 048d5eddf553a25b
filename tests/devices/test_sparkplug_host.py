"""A Sparkplug node at our own broker sees that its host is there, and is asked for its births."""

import asyncio
import json
from pathlib import Path

import pytest

from devices.broker_files import DEVICE_USER, OUR_USER, read_credentials
from tests.devices.sparkplugs import metric, payload
from tests.devices.test_families_of_a_shop import Desk, hall_of
from tests.devices.waiting import device_at, say, until

SPARKPLUG = '[[family]]\nname = "sparkplug-b"\n'
STATE = "spBv1.0/STATE/baylight-main"


def test_a_node_sees_its_host_come_and_go_and_is_asked_who_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Falls over without the NCMD and STATE of `heard_by`: our broker kept both from nodes."""
    monkeypatch.setattr("devices.hall.LOOK_SECONDS", 0.05)
    (tmp_path / "sensors.toml").write_text(SPARKPLUG)
    seen: list[tuple[bool, int]] = []
    told: list[tuple[bool, int]] = []
    asked: list[str] = []

    async def scenario() -> None:
        async with hall_of(Desk(), tmp_path, None):
            kept = read_credentials(tmp_path)
            assert kept is not None
            with (
                device_at(kept.port, DEVICE_USER, kept.device) as node,
                device_at(kept.port, OUR_USER, kept.ours) as other,
            ):
                node.message_callback_add(STATE, lambda c, u, one: seen.append(_of(one.payload)))
                other.message_callback_add(STATE, lambda c, u, one: told.append(_of(one.payload)))
                node.message_callback_add("+/+/NCMD/+", lambda c, u, one: asked.append(one.topic))
                node.subscribe([("spBv1.0/STATE/+", 1), ("spBv1.0/hall/NCMD/edge 1", 1)])
                other.subscribe(STATE, 1)
                await until(lambda: seen and seen[-1][0], "the host")
                unknown = payload(metric(alias=1, value=True), seq=7)
                say(node, "spBv1.0/hall/NDATA/edge 1", unknown)
                await until(lambda: asked == ["spBv1.0/hall/NCMD/edge 1"], "the question")
                say(other, STATE, b'{"online": false, "timestamp": 0}', retain=True)
                await until(lambda: (False, 0) in told and told[-1][0], "the word against it")
                (tmp_path / "sensors.toml").write_text("")
                await until(lambda: told and not told[-1][0], "its end")

    asyncio.run(scenario())
    assert len({born_at for _, born_at in told} - {0}) == 1, "its end has the moment of its birth"


def _of(raw: bytes | bytearray) -> tuple[bool, int]:
    told = json.loads(raw)
    return told["online"], told["timestamp"]
