"""A demo never plays with a server that is not its own."""

import socket
from datetime import time
from pathlib import Path

import pytest

from simulator.demo import Demo, DemoWish

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"


def test_a_demo_on_a_taken_port_says_so_and_asks_nothing_of_who_answers_there(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as foreign:
        foreign.settimeout(0)
        port = foreign.getsockname()[1]
        wish = DemoWish(
            SHOP_FILE, tmp_path / "demo", port=port, rate=60.0, start=time(8), date="2026-11-23"
        )
        with Demo(wish) as demo, pytest.raises(ValueError, match="choose another --port"):
            demo.start()
        with pytest.raises(BlockingIOError):
            foreign.accept()
