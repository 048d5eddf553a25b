"""A little that would inflate to a lot is refused, and the process does not grow."""

import gzip
import tracemalloc
import zlib

import pytest

from displays.inbound import INBOUND_BYTES, Fault, Inbound
from tests.attack.frames import DEFLATED, FIRST_PART, LAST_PART, TEXT, bomb, frame, goodbye
from tests.attack.target import MEGABYTE, Target

DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
BOMBS = {
    "one kilobyte": [frame(bomb(1), TEXT | DEFLATED)],
    "four kilobytes": [frame(bomb(4), TEXT | DEFLATED)],
    "sixty kilobytes": [frame(bomb(58), TEXT | DEFLATED)],
    "a hundred kilobytes": [frame(bomb(100), TEXT | DEFLATED)],
    "in two parts": [
        frame(bomb(4)[:2000], FIRST_PART | DEFLATED),
        frame(bomb(4)[2000:], LAST_PART),
    ],
}


@pytest.mark.parametrize("sent", BOMBS.values(), ids=BOMBS)
def test_a_bomb_on_a_socket_is_closed_and_nothing_grows(target: Target, sent: list[bytes]) -> None:
    """Falls over without `if len(plain) > INBOUND_BYTES` in `displays/inbound.py`."""
    with target.unharmed(), target.flat():
        lines = [target.channel(DEFLATE) for _ in range(4)]
        for line in lines:
            line.sendall(b"".join(sent))
        for line in lines:
            assert goodbye(target.told(line)) in (1009, 1002)
            line.close()


def test_no_more_is_inflated_than_a_message_may_hold() -> None:
    """Falls over without `INBOUND_BYTES + 1` in `displays/inbound.py`."""
    inbound, sent = Inbound(deflated=True), frame(bomb(3), TEXT | DEFLATED)
    tracemalloc.start()
    try:
        with pytest.raises(Fault):
            list(inbound.feed(sent))
        assert tracemalloc.get_traced_memory()[1] < 16 * INBOUND_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "path", ["/api/v1/commands/receive_job", "/do/receive_job", "/admin/import"]
)
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_in_a_body_is_never_inflated(target: Target, path: str, coding: str) -> None:
    """Falls over as soon as `read_json` or `read_form` inflates what it is sent."""
    pack = zlib.compress if coding == "deflate" else gzip.compress
    body = pack(b" " * 50 * MEGABYTE)
    kind = "application/json" if path.startswith("/api") else "application/x-www-form-urlencoded"
    headers = {"Content-Encoding": coding, "Content-Type": kind, "Origin": target.shop.url}
    headers |= {"Authorization": f"Bearer {target.shop.token}"}
    with target.flat():
        status, _ = target.shop.ask("POST", path, body, headers)
    assert status in (413, 415, 422)
