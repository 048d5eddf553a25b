"""Tokens, codes and PINs reach no log, wherever in a request they stand."""

import logging

import pytest

from board.web.access_log import SecretsMasked, masked
from tests.attack.target import Target

SECRET = "s3cr3t-of-somebody"
LINES = [
    f"/welcome/{SECRET}",
    f"/welcome/{SECRET}?x=1",
    f"//welcome/{SECRET}",
    f"/WELCOME/{SECRET}",
    f"/%77elcome/{SECRET}",
    f"/hooks/plates/{SECRET}",
    f"/hooks/{SECRET}",
    f"/track/{SECRET}",
    f"/track/{SECRET}/photo",
    f"/screens/claim/{SECRET}",
    f"/live/board?token={SECRET}",
    f"/live/board?boot=1&token={SECRET}&rev=2",
    f"/live/board?access_token={SECRET}",
    f"/?pin={SECRET}&password={SECRET}&code={SECRET}&key={SECRET}",
    f"/?PASSWORD={SECRET}",
    f"/?api_key={SECRET}&csrf={SECRET}&secret={SECRET}",
    f"/?%74oken={SECRET}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_secret_in_an_address_is_masked(line: str, caplog: pytest.LogCaptureFixture) -> None:
    """Falls over without the line of `board/web/access_log.py` that knows its path or name."""
    logger = logging.getLogger("tests.attack.access")
    filtering = SecretsMasked()
    logger.addFilter(filtering)
    try:
        with caplog.at_level(logging.INFO, logger.name):
            logger.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", line, "1.1", 200)
            logger.info(f"GET {line}")
            logger.info("%(path)s", {"path": line})
    finally:
        logger.removeFilter(filtering)
    assert SECRET not in caplog.text
    assert caplog.text.count("***") >= 3


def test_what_is_no_secret_stays_readable() -> None:
    line = '127.0.0.1:1 - "GET /api/v1/events?after=3&limit=9 HTTP/1.1" 200'
    assert masked(line) == line


def test_a_running_shop_writes_none_down(target: Target) -> None:
    """Falls over with `access_log=True` and without the filter in the serving process."""
    logged = target.log_size()
    cookie = {"Cookie": f"baylight_session_http={SECRET}; baylight_screen_tv_http={SECRET}"}
    for line in LINES:
        target.shop.get(line, **cookie)
        target.shop.ask("POST", line, f"pin={SECRET}".encode(), {"X-CSRF-Token": SECRET, **cookie})
        with target.line() as bare:
            bare.sendall(f"GET {line} HTTP/1.1\r\nUpgrade: websocket\r\n\0\r\n\r\n".encode())
            bare.recv(4096)
    assert SECRET not in target.log_since(logged)


def test_a_refused_socket_is_no_error(target: Target) -> None:
    """Falls over without `self.handshake_complete = True` in `send` of `displays/protocol.py`: who
    guesses on would fill the log.
    """
    logged = target.log_size()
    dialled = [target.dials("baylight_session_http=guess") for _ in range(70)]
    assert dialled[-1].startswith(b"HTTP/1.1 429")
    assert b"retry-after" in dialled[-1].lower()
    assert target.log_since(logged) == ""
