"""Debian's Chromium for tests, driven by playwright's synchronous interface.

While it is open, the main thread belongs to playwright's event loop: a test that uses `browser`
must not call asyncio.run there. tests/conftest.py runs such tests last, so all others may.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.servers.processes import program

OF_THE_WINDOW = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess")
"""Two pages of the browser's own that every new window would load out of sight, and a process
kept ready: half of what a page of ours costs.
"""
OF_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""What playwright switches off; again, for the browser heeds only the last such list."""
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=" + ",".join((*OF_PLAYWRIGHT, *OF_THE_WINDOW)),
)


PATIENCE_MS = 30_000
"""How long a page may take to show what a test expects; as long as it may take to load."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser all tests share: open a context of your own and close it."""
    path = program("chromium", "chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield opened
        opened.close()
