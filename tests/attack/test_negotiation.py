"""Nonsense in the talk about compression ends in a plain socket or a refusal, at no cost."""

import os
from pathlib import Path

import pytest

from tests.attack.frames import TEXT, frame, goodbye
from tests.attack.target import Target
from tests.hub.test_nonsense import HANDSHAKE

OFFERS = {
    "empty": "",
    "only commas": ",,,,",
    "a name alone": ";",
    "a window too small": "permessage-deflate; client_max_window_bits=1",
    "a window of nothing": "permessage-deflate; server_max_window_bits=",
    "a window too large": "permessage-deflate; server_max_window_bits=99999999999999999999",
    "a negative window": "permessage-deflate; server_max_window_bits=-15",
    "a window in quotes": 'permessage-deflate; server_max_window_bits="15"',
    "half a quote": 'permessage-deflate; server_max_window_bits="15',
    "a parameter nobody knows": "permessage-deflate; x=y",
    "a parameter twice": "permessage-deflate; client_max_window_bits; client_max_window_bits",
    "many offers": ", ".join(["permessage-deflate; server_max_window_bits=8"] * 100),
    "a window of nine": "permessage-deflate; server_max_window_bits=9",
    "many semicolons": "permessage-deflate" + ";" * 5000,
    "many names": ", ".join(f"x{number}" for number in range(900)),
    "another one": "permessage-bzip2, x-webkit-deflate-frame",
    "controls": "permessage-deflate\x01\x02",
    "bytes": "permessage-deflate; \xff\xfe",
    "8 KB of one name": "x" * 7900,
}

DECLINED = {OFFERS[name] for name in ("many offers", "a window of nine", "another one")}


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS)
def test_a_senseless_offer_costs_nothing(target: Target, offer: str) -> None:
    """Falls over when an offer that is declined refuses the socket too, or when nonsense is
    answered with anything but a plain socket or a 400.
    """
    cookies = target.anna.cookies
    more = f"Cookie: {cookies}\r\nOrigin: {target.shop.url}\r\n"
    more += f"Sec-WebSocket-Extensions: {offer}\r\n"
    head = HANDSHAKE.format(path="/live/board", more=more)
    head = head.replace("Host: x", f"Host: 127.0.0.1:{target.shop.port}")
    before = _cpu_seconds(target.pid)
    with target.unharmed(), target.line() as line:
        line.sendall(head.encode("latin-1"))
        said = line.recv(12)
        line.sendall(frame(b"hello", TEXT))
        said += target.told(line)
    assert said.startswith((b"HTTP/1.1 101", b"HTTP/1.1 400"))
    if offer in DECLINED:
        assert said.startswith(b"HTTP/1.1 101"), "it is declined, and the socket is plain"
    assert not said.startswith(b"HTTP/1.1 101") or goodbye(said) == 1007
    assert _cpu_seconds(target.pid) - before < 2.0
