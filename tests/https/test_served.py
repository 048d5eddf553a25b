"""`baylight https`, then `baylight serve`: a real connection trusts the shop's own authority."""

import asyncio
import ssl

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.https.conftest import Served


def test_a_connection_verifies_against_the_authority(served: Served) -> None:
    address = f"https://127.0.0.1:{served.https_port}"
    answer = httpx.get(f"{address}/?tablet", verify=served.trust)
    assert answer.status_code == 200
    assert "secure" in answer.headers["set-cookie"].lower()
    with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx.get(address, verify=ssl.create_default_context())


def test_the_live_socket_speaks_tls_too(served: Served) -> None:
    # Nobody is signed in: the door closes with its own code, not by a broken connection.
    assert asyncio.run(_closing_code(served)) == 4401


async def _closing_code(served: Served) -> int:
    """How the live socket ends. One thread alone asks: before Python 3.13 two may not use one
    line of TLS, and a client that reads in a thread of its own now and then waits for ever.
    """
    socket = f"wss://127.0.0.1:{served.https_port}/live/tablet"
    headers = {"origin": f"https://127.0.0.1:{served.https_port}"}
    async with connect(socket, ssl=served.trust, additional_headers=headers) as opened:
        with pytest.raises(ConnectionClosed) as closed:
            await opened.recv()
    return closed.value.rcvd.code if closed.value.rcvd else 0


def test_the_page_of_the_steps_gives_the_authority_to_anybody(served: Served) -> None:
    plain = f"http://127.0.0.1:{served.port}/https"
    steps = httpx.get(plain, headers={"accept-language": "en"})
    assert steps.status_code == 200
    assert f"https://localhost:{served.https_port}/tablet" in steps.text
    assert "listens on this computer only" in steps.text
    assert "BAYLIGHT_HOST=0.0.0.0" in steps.text
    assert 'class="qr"' not in steps.text, "it would lead nowhere"
    given = httpx.get(f"{plain}/ca.crt")
    assert given.headers["content-type"] == "application/x-x509-ca-cert"
    root = (served.folder / "ca.pem").read_text()
    assert ssl.DER_cert_to_PEM_cert(given.content).strip() == root.strip()
