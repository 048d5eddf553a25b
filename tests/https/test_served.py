"""`baylight https`, then `baylight serve`: a real connection trusts the shop's own authority."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.servers.processes import Server, free_port
from tests.tablet_page.conftest import imported, program

__all__ = ["imported"]


@dataclass(frozen=True)
class Served:
    """A shop on two ports; `folder`: where its certificates lie."""

    port: int
    https_port: int
    folder: Path

    @property
    def trust(self) -> ssl.SSLContext:
        """What a tablet that took the steps trusts, and nothing else."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.folder / "ca.pem")
        return context


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, imported: Path) -> Iterator[Served]:
    """One shop for this file: nothing here changes it."""
    folder = tmp_path_factory.mktemp("https")
    data, port, https_port = shutil.copytree(imported, folder / "data"), free_port(), free_port()
    words = ["https", "127.0.0.1", "garage.local"]
    done = subprocess.run(program(data, port, *words), capture_output=True, text=True, check=True)
    assert f"http://127.0.0.1:{port}/https" in done.stdout
    here = [f"BAYLIGHT_HTTPS_PORT={https_port}"]
    server = Server(program(data, port, "serve", settings=here), folder / "serve.log")
    server.start_on(port)
    yield Served(port, https_port, data / "https")
    server.stop()


def test_a_connection_verifies_against_the_authority(served: Served) -> None:
    address = f"https://127.0.0.1:{served.https_port}"
    answer = httpx.get(f"{address}/?tablet", verify=served.trust)
    assert answer.status_code == 200
    assert "secure" in answer.headers["set-cookie"].lower()
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(address, verify=ssl.create_default_context())


def test_the_live_socket_speaks_tls_too(served: Served) -> None:
    socket = f"wss://127.0.0.1:{served.https_port}/live/tablet"
    headers = {"origin": f"https://127.0.0.1:{served.https_port}"}
    # Nobody is signed in: the door closes with its own code, not by a broken connection.
    with (
        connect(socket, ssl=served.trust, additional_headers=headers) as opened,
        pytest.raises(ConnectionClosed, match="4401"),
    ):
        opened.recv(timeout=10)


def test_the_page_of_the_steps_gives_the_authority_to_anybody(served: Served) -> None:
    plain = f"http://127.0.0.1:{served.port}/https"
    steps = httpx.get(plain, headers={"accept-language": "en"})
    assert steps.status_code == 200
    assert f"https://127.0.0.1:{served.https_port}/tablet" in steps.text
    given = httpx.get(f"{plain}/ca.crt")
    assert given.headers["content-type"] == "application/x-x509-ca-cert"
    root = (served.folder / "ca.pem").read_text()
    assert ssl.DER_cert_to_PEM_cert(given.content).strip() == root.strip()
