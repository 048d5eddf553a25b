"""The proxy does to bytes what it is told, so that the other tests here may believe it."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Network, Proxy
from tests.hub.live_server import until


class Echo:
    """A server that says everything again and remembers what it heard."""

    def __init__(self) -> None:
        self.heard = b""
        self.ended: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = ("127.0.0.1", int(self._listener.getsockname()[1]))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            try:
                while data := line.recv(4096):
                    self.heard += data
                    line.sendall(data)
                line.sendall(b"goodbye")
                self.ended.append("closed")
            except OSError:
                self.ended.append("reset")

    def stop(self) -> None:
        """Accept no more."""
        self._listener.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.stop()


@pytest.fixture
def proxy(net: Network, echo: Echo) -> Proxy:
    return net.proxy(echo.address)


@pytest.fixture
def line(proxy: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=60) as dialled:
        yield dialled


def says(line: socket.socket, data: bytes) -> bytes:
    """What comes back for these bytes."""
    line.sendall(data)
    return line.recv(4096)


def test_in_fair_weather_everything_passes(line: socket.socket) -> None:
    assert says(line, b"hello") == b"hello"


def test_a_delay_is_at_least_as_long_as_told(proxy: Proxy, line: socket.socket) -> None:
    proxy.delay(0.1)
    began = time.monotonic()
    assert says(line, b"slow") == b"slow"
    assert time.monotonic() - began >= 0.2


def test_held_bytes_arrive_once_it_heals(proxy: Proxy, line: socket.socket, echo: Echo) -> None:
    proxy.stall()
    line.sendall(b"held")
    line.settimeout(0.2)
    with pytest.raises(TimeoutError):
        line.recv(4096)
    assert echo.heard == b""
    proxy.heal()
    line.settimeout(60)
    assert line.recv(4096) == b"held"


def test_swallowed_bytes_never_arrive_and_the_line_is_reset(
    proxy: Proxy, line: socket.socket, echo: Echo
) -> None:
    proxy.swallow()
    line.sendall(b"lost")
    until(lambda: bool(proxy._robbed))
    proxy.heal()
    with pytest.raises(ConnectionResetError):
        line.recv(4096)
    assert echo.heard == b""


def test_a_swallowed_goodbye_is_made_up_for(proxy: Proxy, line: socket.socket) -> None:
    assert says(line, b"hello") == b"hello"
    proxy.swallow()
    proxy.half_close()
    until(lambda: bool(proxy._robbed))
    proxy.heal()
    with pytest.raises(ConnectionResetError):
        line.recv(4096)


def test_a_cut_resets_both_sides(proxy: Proxy, line: socket.socket, echo: Echo) -> None:
    assert says(line, b"hello") == b"hello"
    proxy.cut()
    with pytest.raises(ConnectionResetError):
        line.recv(4096)
    until(lambda: echo.ended == ["reset"])
    until(lambda: proxy.connections == 0)


def test_after_a_half_close_the_target_may_still_talk(
    proxy: Proxy, line: socket.socket, echo: Echo
) -> None:
    assert says(line, b"hello") == b"hello"
    proxy.half_close()
    assert line.recv(4096) == b"goodbye"
    until(lambda: echo.ended == ["closed"])


def test_a_drip_lets_everything_through_slowly(proxy: Proxy, line: socket.socket) -> None:
    proxy.drip(320)
    began = time.monotonic()
    line.sendall(b"x" * 64)
    got = b""
    while len(got) < 64:
        got += line.recv(4096)
    assert time.monotonic() - began >= 0.15


def greet(proxy: Proxy) -> bytes:
    """What somebody new hears."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=60) as line:
        return says(line, b"again")


def test_who_dials_in_vain_is_reset(proxy: Proxy) -> None:
    proxy.refuse()
    with pytest.raises(ConnectionResetError):
        greet(proxy)
    proxy.heal()
    assert greet(proxy) == b"again"
