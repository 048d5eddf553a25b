"""A live server for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.hub.live_server import LiveServer


@pytest.fixture
def live() -> Iterator[LiveServer]:
    """A server whose board shows two cards."""
    server = LiveServer().start()
    server.show({"job-a": "<li>a</li>", "job-b": "<li>b</li>"})
    yield server
    server.stop()
