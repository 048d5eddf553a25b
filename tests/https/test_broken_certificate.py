"""A certificate that cannot be used: plain HTTP goes on, says so, and takes the mended one."""

import logging
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

import cli_secure
from board.https_files import HttpsFiles
from cli_secure import open_secure
from settings import read_settings
from tests.servers.processes import Server, free_port
from tests.tablet_page.conftest import House, program
from tests.web.front import until

NAMES = ("127.0.0.1", "garage.local")


def _long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(days=4000)


def _halve(files: HttpsFiles) -> None:
    content = (files.folder / "server.pem").read_bytes()
    (files.folder / "server.pem").write_bytes(content[: len(content) // 2])


def _mix(files: HttpsFiles) -> None:
    key = (files.folder / "server.pem").read_text().partition("-----BEGIN CERTIFICATE")[0]
    files.make("", NAMES, datetime.now(UTC))
    _, mark, chain = (files.folder / "server.pem").read_text().partition("-----BEGIN CERTIF")
    (files.folder / "server.pem").write_text(key + mark + chain)


BREAKS: dict[str, tuple[Callable[[HttpsFiles], None], str]] = {
    "half written": (_halve, "cannot be read"),
    "another key": (_mix, "cannot be read"),
    "gone": (lambda files: (files.folder / "server.pem").unlink(), "server.pem is missing"),
    "over": (lambda files: files.make("", NAMES, _long_ago(), anew=True), "the certificate ended"),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_certificate_is_told_and_a_mended_one_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    files, (breaks, told) = HttpsFiles(tmp_path), BREAKS[how]
    files.make("Test", NAMES, datetime.now(UTC))
    breaks(files)
    environment = {"BAYLIGHT_DATA": str(tmp_path), "BAYLIGHT_HTTPS_PORT": str(free_port())}
    with caplog.at_level(logging.ERROR), _door(environment) as door:
        assert told in files.fault(datetime.now(UTC))
        assert told in caplog.text
        assert "plain HTTP goes on" in caplog.text
        assert door.is_usable == (how == "over"), "what browsers may still be told to take"
        files.make("Test", NAMES, datetime.now(UTC), anew=True)
        door.look()
        assert (door.is_usable, files.fault(datetime.now(UTC))) == (True, "")


@contextmanager
def _door(environment: dict[str, str]) -> Iterator[cli_secure.SecureDoor]:
    door = open_secure(read_settings(environment), shares=False)
    assert door is not None
    yield door
    door.listener.close()


def test_the_server_starts_says_so_and_mends_by_the_command(
    tmp_path: Path, imported: Path, desk: Page
) -> None:
    data, port, https_port = shutil.copytree(imported, tmp_path / "data"), free_port(), free_port()
    HttpsFiles(data).make("Test", NAMES, datetime.now(UTC))
    _halve(HttpsFiles(data))
    here = [f"BAYLIGHT_HTTPS_PORT={https_port}"]
    # Half a minute is for people: the server of this test looks at once.
    words = program(data, port, "serve", settings=here)
    code = words.index("-c") + 1
    words[code] = f"import cli_secure; cli_secure._LOOK_SECONDS = 0.2; {words[code]}"
    server = Server(words, tmp_path / "serve.log")
    server.start_on(port)
    try:
        _told_and_mended(House(f"http://127.0.0.1:{port}", server, data), https_port, desk)
    finally:
        server.stop()


def _told_and_mended(house: House, https_port: int, desk: Page) -> None:
    house.sign_in_at_desk(desk)
    desk.goto(f"{house.url}/admin/screens")
    expect(desk.locator("#tablets [role=status]")).to_contain_text("baylight https")
    assert "https" in httpx.get(f"{house.url}/readyz").json()["degraded"]
    assert httpx.get(f"{house.url}/https").status_code == 200, "tablets may learn the authority"
    words = program(house.data, https_port, "https", *NAMES)
    subprocess.run(words, capture_output=True, check=True)
    trusted = HttpsFiles(house.data).folder / "ca.pem"
    until(lambda: _answers(f"https://127.0.0.1:{https_port}/healthz", trusted))
    desk.reload()
    expect(desk.locator("#tablets")).to_be_visible()
    expect(desk.locator("#tablets [role=status]")).to_have_count(0)


def _answers(address: str, trusted: Path) -> bool:
    try:
        return (
            httpx.get(address, verify=ssl.create_default_context(cafile=trusted)).status_code == 200
        )
    except httpx.ConnectError:
        return False
