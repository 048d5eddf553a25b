"""Two shops in one house: a wall of one shows nothing of the other, whose staff cannot pair it."""

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape

import httpx
import pytest
from sqlalchemy import insert, update
from websockets.sync.client import connect
from websockets.typing import Origin

from board.clock import real_now
from board.database import writing
from board.shop_file import ShopFile, read_shop_file
from board.tables import shops
from settings import read_settings
from tests.displays.served import served
from tests.web.front import FILE, INSTALLER
from workshop import Workshop

HOSTS = {"ours": "a.house", "theirs": "b.house"}


@dataclass(frozen=True)
class House:
    """One server for both shops, each with a host name of its own."""

    workshop: Workshop
    port: int

    @contextmanager
    def browser(self, shop: str, person: str = "") -> Iterator[httpx.Client]:
        """A browser at a shop's address; on it a person of that shop is signed in, if named."""
        headers = {"host": self.host(shop), "origin": f"http://{self.host(shop)}"}
        headers |= {"accept-language": "en"}
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", headers=headers) as client:
            if person:
                opened = self.workshop.accounts.sessions.open_person(shop, person, "pin", "en")
                client.cookies.set("baylight_session_http", opened)
                page = client.get("/admin/screens").text
                client.headers["x-csrf-token"] = _found('name="csrf" value="([^"]*)"', page)
            yield client

    def host(self, shop: str) -> str:
        """What a browser calls the shop's address."""
        return f"{HOSTS[shop]}:{self.port}"

    def told(self, path: str, shop: str, wall: httpx.Client) -> dict[str, str]:
        """The first regions that the live channel at a shop's address tells a wall."""
        cookies = "; ".join(f"{name}={value}" for name, value in wall.cookies.items())
        address, origin = f"ws://{self.host(shop)}{path}", Origin(f"http://{self.host(shop)}")
        line, headers = socket.create_connection(("127.0.0.1", self.port)), {"Cookie": cookies}
        with connect(address, sock=line, origin=origin, additional_headers=headers) as live:
            regions: dict[str, str] = json.loads(live.recv(10))["regions"]
        return regions


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("two-shops") / "data"
    settings = read_settings({"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"})
    first = Workshop(settings)
    first.close()
    with writing(first.engine) as connection:
        connection.execute(update(shops).values(shop_id="ours", host=HOSTS["ours"]))
        row = {"shop_id": "theirs", "slug": "theirs", "host": HOSTS["theirs"]}
        connection.execute(insert(shops).values(**row, created_at=real_now()))
    both = Workshop(settings)
    with ThreadPoolExecutor(1) as aside:
        for shop in HOSTS:
            found = read_shop_file(FILE.replace("bay-3", f"bay-{shop}").replace('"3"', f'"{shop}"'))
            assert isinstance(found, ShopFile)
            set_up = both.desks[shop].handle(found.command, INSTALLER, "install")
            aside.submit(asyncio.run, set_up).result(60)
    both.close()
    with served(folder) as (workshop, address):
        yield House(workshop, int(address.rpartition(":")[2]))


def _found(pattern: str, text: str) -> str:
    (found, *_) = re.findall(pattern, text)
    return unescape(str(found))


def _approve(person: httpx.Client, code: str) -> int:
    form = {"code": code, "audience": "tv", "name": "Hall"}
    return person.post("/admin/screens/approve", data=form).status_code


def test_only_the_people_of_its_shop_pair_a_screen_and_it_shows_only_that_shop(
    house: House,
) -> None:
    """Falls over when a request forgets at whose address the screen was opened
    (`ScreensWaiting.code_for`), or a wall's shop is found by its address and not by its pairing.
    """
    with (
        house.browser("ours") as wall,
        house.browser("ours", "chen") as chen,
        house.browser("theirs", "chen") as stranger,
    ):
        code = _found('id="code">([^<]*)<', wall.get("/tv").text)
        looked_up = stranger.get("/admin/screens/approve", params={"code": code}).text
        assert "No screen shows this code now." in looked_up
        assert _approve(stranger, code) == 422
        assert "It was opened as: Workshop TV" in (
            chen.get("/admin/screens/approve", params={"code": code}).text
        )
        assert _approve(chen, code) == 303
        wall.post("/screens/collect", data={"back": "/tv"})
        (screen,) = house.workshop.accounts.screens.of_shop("ours")
        assert house.workshop.accounts.screens.of_shop("theirs") == []
        assert screen.id not in stranger.get("/admin/screens").text
        for path in ("look", "identify", "reload", "revoke"):
            form = {"audience": "lounge"}
            answer = stranger.post(f"/admin/screens/{screen.id}/{path}", data=form)
            assert answer.status_code == 404, path
        assert stranger.get(f"/admin/screens/{screen.id}/copy").status_code == 303
        for shop in HOSTS:
            page = wall.get("/tv", headers={"host": house.host(shop)}).text
            path = _found('data-socket="([^"]*)"', page)
            rows = house.told(path, shop, wall).keys()
            assert "row-bay-ours" in rows
            assert "row-bay-theirs" not in rows
            assert "bay-theirs" not in page
        wished = house.told("/live/tv?group=bay-theirs", "theirs", wall)
        assert "row-bay-theirs" not in wished
