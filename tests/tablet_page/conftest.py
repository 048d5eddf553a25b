"""A real shop behind real pages: `baylight serve` on a free port, set up from a file."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page
from sqlalchemy import select

from board.accounts_badges import Badges
from board.database import connect, reading
from board.tables import shops
from tests.e2e.at_the_door import let_in
from tests.e2e.cast import PIN
from tests.servers.forked import ForkedServer
from tests.servers.processes import Server, free_port

ROOT = Path(__file__).parents[2]
SHOP_FILE = """
[shop]
name = "北京 Baylight"
language = "zh-Hans"

[[bays]]
id = "b3"
name = "3 号工位"

[[people]]
id = "chen"
name = "陈波"
roles = ["manager", "advisor", "controller"]

[[people]]
id = "wang"
name = "王强"
roles = ["technician"]
bays = ["b3"]

[[people]]
id = "zhou"
name = "周立"
roles = ["team_leader"]

[pins]
chen = "2468"
wang = "2468"
zhou = "2468"
"""


@dataclass(frozen=True)
class House:
    """A running shop at `url`, and the server behind it."""

    url: str
    server: Server
    data: Path

    def enter(self, page: Page, name: str) -> None:
        """Somebody says who they are on the shared tablet, and comes to where they start."""
        page.goto(f"{self.url}/?tablet")
        page.click(f"text={name}")
        for digit in PIN:
            page.click(f'#pad [data-digit="{digit}"]')
        page.wait_for_url(lambda url: "?" not in url)

    def sign_in(self, page: Page, name: str) -> None:
        """Somebody takes the shared tablet; from who is at its pages now, by hand."""
        if page.url == "about:blank":
            let_in(page, self.url, name)
        else:
            self.enter(page, name)
        page.goto(f"{self.url}/tablet")
        page.wait_for_selector("#job")

    def sign_in_at_desk(self, page: Page) -> str:
        """The manager signs in; what their forms carry as proof."""
        let_in(page, self.url, "陈波")
        told = page.request.get(f"{self.url}/tablet").text()
        found = re.search(r'<meta name="csrf" content="([^"]+)"', told)
        assert found, told
        return found[1]

    def badge_of(self, person: str) -> str:
        """A new badge, as a scanner reads it off the paper."""
        engine = connect(f"sqlite:///{self.data / 'baylight.db'}")
        with reading(engine) as connection:
            shop_id = connection.scalar(select(shops.c.shop_id))
        code = Badges(engine, lambda: datetime.now(UTC)).make(str(shop_id), person)
        engine.dispose()
        return code

    def do(self, page: Page, csrf: str, name: str, **fields: str) -> APIResponse:
        """Ask for something as who is signed in on the page's context."""
        form: dict[str, str | float | bool] = {"csrf": csrf, **fields}
        origin = {"Origin": self.url}
        answer = page.request.post(f"{self.url}/do/{name}", form=form, headers=origin)
        assert answer.status == 204, answer.text()
        return answer

    def hire(self, page: Page, csrf: str, role: str) -> None:
        """Somebody called like their only role, who may sign in with a PIN."""
        key = role.replace("_", "-")
        person = {"person.id": key, "person.name": role, "person.roles": role}
        self.do(page, csrf, "set_up_person", **person)
        form: dict[str, str | float | bool] = {"csrf": csrf, "pin": PIN}
        address, origin = f"{self.url}/admin/people/{key}/pin", {"Origin": self.url}
        answer = page.request.post(address, form=form, headers=origin)
        assert answer.ok, answer.text()

    def dispatched_job(self, page: Page, csrf: str) -> str:
        """A job with two lines, dispatched to 王强 in bay 3."""
        car = {"car.plate": "京AD12345", "car.model": "E3", "asked": "保养"}
        answer = self.do(page, csrf, "receive_job", **car)
        job = answer.headers["x-board-job"]
        for text in ("机油机滤", "前刹车片"):
            self.do(page, csrf, "add_line", job=job, text=text, standard_hours="0.5")
        self.do(page, csrf, "move_job", job=job, to="awaiting_dispatch")
        self.do(page, csrf, "dispatch_job", job=job, bay="b3", technicians="wang")
        return job


def program(folder: Path, port: int, *words: str, settings: Sequence[str] = ()) -> list[str]:
    """`baylight` on a port, with its data in a folder and without sensors."""
    settings = [f"BAYLIGHT_DATA={folder}", f"BAYLIGHT_PORT={port}", "MQTT_URL=off", *settings]
    code = "import sys, cli; sys.exit(cli.main())"
    return ["env", "-C", str(ROOT), *settings, sys.executable, "-c", code, *words]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page at a desk where nobody is signed in."""
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    """A page on a tablet of 10.1 inches where nobody is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a shop that was set up and never started."""
    folder = tmp_path_factory.mktemp("imported")
    file = folder / "shop.toml"
    file.write_text(SHOP_FILE, "utf-8")
    done = program(folder / "data", free_port(), "shop", "import", str(file))
    subprocess.run(done, check=True, capture_output=True)
    return folder / "data"


@pytest.fixture
def house(tmp_path: Path, imported: Path) -> Iterator[House]:
    """A shop of its own for one test."""
    port = free_port()
    data = shutil.copytree(imported, tmp_path / "data")
    where = {"BAYLIGHT_DATA": str(data), "BAYLIGHT_PORT": str(port), "MQTT_URL": "off"}
    server = ForkedServer(["serve"], {**os.environ, **where}, tmp_path / "serve.log")
    server.start_on(port)
    yield House(f"http://127.0.0.1:{port}", server, data)
    server.stop()
