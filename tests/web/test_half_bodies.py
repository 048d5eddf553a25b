"""A body that never comes whole is not waited for, and is no defect."""

import socket

import pytest

from tests.web.front import Front, until

HALF = (
    b"POST /sign-in/pin HTTP/1.1\r\nhost: x\r\naccept-language: en\r\n"
    b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\nperson="
)


def test_half_a_body_is_answered_and_the_line_is_closed(steady: Front) -> None:
    with socket.create_connection(("127.0.0.1", steady.port), timeout=60) as line:
        line.sendall(HALF)
        said = b""
        while part := line.recv(4096):
            said += part
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"This took too long to arrive. Please try again." in said


def test_who_hangs_up_in_the_middle_leaves_no_traceback(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(("127.0.0.1", front.port), timeout=60) as line:
        line.sendall(HALF)
        until(lambda: front.busy)
    until(lambda: not front.busy)
    assert "Traceback" not in caplog.text
    assert "ASGI" not in caplog.text
