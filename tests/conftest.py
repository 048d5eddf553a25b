"""What all tests have: the real servers of tests/servers, and the order of browser tests."""

import pytest
from hypothesis import settings

# A crowded machine is no fault of the code; speed is measured in bench/.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

pytest_plugins = [
    "tests.servers.chromium",
    "tests.servers.mosquitto",
    "tests.servers.postgres",
    "tests.servers.redis_server",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: an open browser holds the main thread's event loop."""
    items.sort(key=_uses_browser)


def _uses_browser(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and "browser" in item.fixturenames
