"""Where a tablet is sent: to an address at which the server listens, never to this computer."""

import asyncio
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from board.https_files import HttpsFiles
from board.listening import is_here_only, reached_at
from settings import read_settings
from tests.tablet_page.conftest import program
from workshop import Workshop

NAMES = ("192.168.1.20", "10.0.0.7", "garage.local", "localhost", "127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("listens_on", "names", "found"),
    [
        ("0.0.0.0", NAMES, "192.168.1.20"),
        ("::", NAMES, "192.168.1.20"),
        ("0.0.0.0", NAMES[2:], "garage.local"),
        ("0.0.0.0", NAMES[3:], ""),
        ("10.0.0.7", NAMES, "10.0.0.7"),
        ("10.0.0.9", NAMES, "garage.local"),
        ("10.0.0.9", NAMES[:2], ""),
        ("garage.local", NAMES, "garage.local"),
        ("127.0.0.1", NAMES, ""),
        ("::1", NAMES, ""),
        ("localhost", NAMES, ""),
    ],
)
def test_the_first_name_counts_that_leads_to_where_the_server_listens(
    listens_on: str, names: tuple[str, ...], found: str
) -> None:
    assert reached_at(listens_on, names) == found


@pytest.mark.parametrize(("name", "here"), [("127.0.5.1", True), ("LOCALHOST", True), ("x", False)])
def test_this_computer_has_many_names(name: str, here: bool) -> None:
    assert is_here_only(name) is here


@pytest.mark.parametrize(
    ("host", "wanted", "said", "unsaid"),
    [
        ("0.0.0.0", ["127.0.0.1", "192.168.1.20"], "http://192.168.1.20:8123/https", "only"),
        ("127.0.0.1", ["192.168.1.20"], "Set BAYLIGHT_HOST=0.0.0.0", "://127"),
        ("192.168.1.9", ["192.168.1.20"], "baylight https 192.168.1.9", "://192.168.1.20"),
    ],
)
def test_the_command_says_an_address_that_tablets_reach_or_what_to_set(
    tmp_path: Path, host: str, wanted: list[str], said: str, unsaid: str
) -> None:
    """Falls over when `_say` of `cli_https.py` does not ask where the server listens."""
    words = program(tmp_path, 8123, "https", *wanted, settings=[f"BAYLIGHT_HOST={host}"])
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert said in told
    assert unsaid not in told.partition("\n\n")[2]


def _page(folder: Path, host: str, *names: str) -> str:
    """The page of the steps of a server that listens there."""
    said = {"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off", "BAYLIGHT_HOST": host}
    workshop = Workshop(read_settings(said))
    HttpsFiles(folder).make("garage", names, datetime.now(UTC), anew=True)

    async def steps() -> str:
        through = httpx.ASGITransport(workshop.app)
        async with httpx.AsyncClient(transport=through, base_url="http://x") as client:
            return (await client.get("/https", headers={"accept-language": "en"})).text

    try:
        return asyncio.run(steps())
    finally:
        workshop.close()


def test_the_page_has_codes_only_of_addresses_that_tablets_reach(tmp_path: Path) -> None:
    reached = _page(tmp_path, "0.0.0.0", "127.0.0.1", "192.168.1.20")
    assert reached.count('class="qr"') == 2
    assert "https://192.168.1.20:8443/tablet" in reached
    assert "127.0.0.1" not in reached
    elsewhere = _page(tmp_path, "192.168.1.9", "192.168.1.20")
    assert 'class="qr"' not in elsewhere
    assert "no address at which other devices reach this server" in elsewhere
