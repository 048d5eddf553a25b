"""Nobody at an address can shut both ways of pairing a screen there at once."""

from pathlib import Path

import httpx

from board.clock import real_now
from tests.displays.served import served

HERE = "127.0.0.1"


def test_an_address_that_may_type_no_code_either_still_gets_one_now_and_then(
    tmp_path: Path,
) -> None:
    """Falls over without `unpaired_later` in `board/web/screens_waiting.py`."""
    with served(tmp_path / "data") as (workshop, address):
        while not workshop.doors.limits.unpaired.take(HERE, real_now().timestamp()):
            pass
        headers = {"accept-language": "en", "origin": address}
        with httpx.Client(base_url=address, headers=headers) as screen:
            for _ in range(5):
                screen.post("/screens/claim", data={"code": "AAAAAAAA", "back": "/lounge"})
            assert 'id="code"' in screen.get("/tv").text
            assert 'id="code"' not in screen.get("/lounge").text, "not one for each look"
