"""A television that was set to show the whole shop gets its page and its frames."""

import json
import re
from html import unescape
from pathlib import Path

import httpx
from websockets.sync.client import connect
from websockets.typing import Origin

from board.screen_look import ScreenLook
from tests.displays.served import served
from tests.e2e.running import until


def test_a_television_shows_the_whole_shop_live(tmp_path: Path) -> None:
    with served(tmp_path / "data") as (workshop, address):
        kept, shop = workshop.accounts.screens, workshop.first_desk.shop.id
        with httpx.Client(base_url=address, headers={"origin": address}) as screen:
            code = kept.make_code(shop, "tv", "", "en")
            screen.post("/screens/claim", data={"code": code, "back": "/tv"})
            (row,) = kept.of_shop(shop)
            kept.change(shop, row.id, "Glance", "tv", ScreenLook(view="overview", language="en"))
            until(lambda: screen.get("/tv").text.count('class="rack ') == 8)
            page = screen.get("/tv").text
            cookies = "; ".join(f"{name}={value}" for name, value in screen.cookies.items())
        socket = unescape(re.findall(r'data-socket="([^"]*)"', page)[0])
        live, told = address.replace("http", "ws") + socket, {"Cookie": cookies}
        with connect(live, origin=Origin(address), additional_headers=told) as heard:
            regions = json.loads(heard.recv(10))["regions"]
    assert {"rack-dispatch", "rack-nights", "head", "foot", "order-rows"} <= regions.keys()
    assert all(html in page for key, html in regions.items() if key != "order-rows")
