"""The supervised broker: locked down, restarted, stopped, and clear when it cannot be."""

import asyncio
import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from devices.broker import Broker, BrokerUnavailable
from devices.broker_files import read_credentials
from tests.devices.callers import refused
from tests.devices.waiting import until


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_lets_in_nobody_without_a_password(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker(tmp_path, "main")
        address = await broker.start()
        kept = read_credentials(tmp_path)
        assert kept is not None
        assert await asyncio.to_thread(refused, address.port)
        assert await asyncio.to_thread(refused, address.port, "device", "guess")
        assert not await asyncio.to_thread(refused, address.port, "device", kept.device)
        assert not await asyncio.to_thread(refused, address.port, address.user, address.password)
        await broker.stop()

    asyncio.run(scenario())


def test_its_files_are_for_us_alone(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker(tmp_path / "broker", "main")
        address = await broker.start()
        await broker.stop()
        secret = ("credentials.json", "passwords", "rights", "mosquitto.conf")
        for name in secret:
            assert stat.S_IMODE((tmp_path / "broker" / name).stat().st_mode) == 0o600
        assert address.password not in (tmp_path / "broker" / "passwords").read_text()

    asyncio.run(scenario())


def test_it_listens_on_the_loopback_interface_only(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker(tmp_path, "main")
        address = await broker.start()
        settings = (tmp_path / "mosquitto.conf").read_text()
        assert f"listener {address.port} 127.0.0.1\n" in settings
        assert settings.count("listener") == 1
        await broker.stop()

    asyncio.run(scenario())


def test_passwords_and_port_stay_the_same_after_a_restart(tmp_path: Path) -> None:
    async def scenario() -> None:
        addresses = []
        for _ in range(2):
            broker = Broker(tmp_path, "main")
            addresses.append(await broker.start())
            await broker.stop()
        assert addresses[0] == addresses[1]

    asyncio.run(scenario())


def test_a_killed_broker_is_started_again_and_stopped_at_the_end(tmp_path: Path) -> None:
    async def scenario() -> None:
        broker = Broker(tmp_path, "main", first_pause_seconds=0.05)
        await broker.start()
        first = broker.pid
        assert first is not None
        task = asyncio.create_task(broker.run())
        os.kill(first, signal.SIGKILL)
        await until(lambda: broker.restarts == 1 and not broker.fault, "the restart")
        second = broker.pid
        assert second is not None
        assert second != first
        task.cancel()
        await asyncio.wait([task])
        assert not lives(second)

    asyncio.run(scenario())


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    async def scenario() -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(BrokerUnavailable, match=f"Port {port} on 127.0.0.1 is taken"):
                await Broker(tmp_path, "main", port=port).start()

    asyncio.run(scenario())


def test_without_mosquitto_a_person_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.broker.SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", str(tmp_path))

    async def scenario() -> None:
        with pytest.raises(BrokerUnavailable) as told:
            await Broker(tmp_path, "main").start()
        sentence = str(told.value)
        assert "install the package mosquitto" in sentence
        assert "MQTT_URL=off" in sentence

    asyncio.run(scenario())


def test_a_broker_that_dies_at_once_points_to_its_words(tmp_path: Path) -> None:
    program = tmp_path / "mosquitto"
    program.write_text("#!/bin/sh\necho no such option >&2\nexit 3\n")
    program.chmod(0o700)

    async def scenario() -> None:
        broker = Broker(tmp_path / "broker", "main", program=str(program))
        with pytest.raises(BrokerUnavailable, match=r"mosquitto\.log"):
            await broker.start()
        assert "no such option" in (tmp_path / "broker" / "mosquitto.log").read_text()

    asyncio.run(scenario())


def test_a_broker_whose_watch_is_gone_is_ended_before_another_starts(tmp_path: Path) -> None:
    """Falls over without `end_former` in `Broker.start`."""

    async def scenario() -> None:
        former, fresh = Broker(tmp_path, "main"), Broker(tmp_path, "main")
        before = await former.start()
        after = await fresh.start()
        assert after == before
        assert former.pid is not None
        await until(lambda: not runs(former.pid), "the end of the former broker")
        await fresh.stop()
        await former.stop()

    asyncio.run(scenario())


def runs(pid: int | None) -> bool:
    """Whether the process is there and not only waits to be counted."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(") ")[1][:1]
    except OSError:
        return False
