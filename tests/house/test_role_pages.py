"""Every role has a page that can be followed: its addresses exist, its buttons are called so."""

import re
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from babel.messages.pofile import read_po
from starlette.routing import Route, compile_path

from board.core.languages import NAMES
from board.core.roles import PEOPLE_ROLES, Role
from board.web.doors import Doors
from board.web.phone_door import PhoneDoor
from board.web.routes import routes
from displays.board_pages import BoardPages
from displays.desk_page_list import PAGES
from displays.pages import LivePages
from displays.tablet_pages import TabletPages
from displays.views.phone import phone_page
from displays.wall_pages import WALLS
from tests.house.source import ROOT

FOLDER = ROOT / "docs" / "roles"
OF_ROLE = {
    Role.advisor: "service-advisor",
    Role.controller: "workshop-controller",
    Role.technician: "technician",
    Role.team_leader: "team-leader",
    Role.inspector: "inspector",
    Role.parts: "parts-clerk",
    Role.washer: "washer",
    Role.cashier: "cashier",
    Role.warranty_clerk: "warranty-clerk",
    Role.manager: "service-manager",
    Role.customer: "customer",
}
MOST_LINES = 120
ADDRESS = re.compile(r"`(/[^`\s]*)`")
BUTTON = re.compile(r"\*\*([^*\n]+)\*\*")
BRACES = re.compile(r"%\(\w+\)s|\{\w*\}")


def _page(role: Role) -> Path:
    return FOLDER / f"{OF_ROLE[role]}.md"


def _pages() -> list[Path]:
    return sorted(FOLDER.glob("*.md"))


@cache
def _routes() -> tuple[re.Pattern[str], ...]:
    """Every address of the program. Doors are not opened here, so they need nothing behind them."""
    doors = cast(Doors, None)
    listed: list[Route] = [*routes(doors, ""), *PhoneDoor(doors, phone_page).routes()]
    pages = cast(LivePages, None)
    listed += [*BoardPages(pages).routes(), *TabletPages(pages).routes()]
    paths = [route.path for route in listed] + [page.path for page in PAGES] + list(WALLS)
    return tuple(compile_path(path)[0] for path in paths)


def _exists(address: str) -> bool:
    # A parameter stands as its name in braces; any word may take its place.
    path = re.sub(r"\{\w+\}", "any", address.partition("?")[0])
    return any(pattern.match(path) for pattern in _routes())


@cache
def _texts() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every English text of the catalogue, and patterns of those with something put in."""
    with (ROOT / "locales" / "zh_Hans" / "LC_MESSAGES" / "baylight.po").open("rb") as file:
        ids = [one.id for one in read_po(file, "zh_Hans") if one.id]
    texts = [str(text) for one in ids for text in (one if isinstance(one, tuple | list) else [one])]
    filled = [text for text in texts if BRACES.search(text) and BRACES.sub("", text).strip()]
    patterns = ("(.+)".join(map(re.escape, BRACES.split(text))) for text in filled)
    return frozenset(texts), tuple(map(re.compile, patterns))


def _is_said(button: str) -> bool:
    plain, filled = _texts()
    languages = {*NAMES.values()}
    return button in plain | languages or any(one.fullmatch(button) for one in filled)


@pytest.mark.parametrize("role", [*PEOPLE_ROLES, Role.customer])
def test_a_role_has_a_page_that_is_short_and_listed(role: Role) -> None:
    page = _page(role)
    assert len(page.read_text().splitlines()) <= MOST_LINES
    assert f"({page.name})" in (FOLDER / "README.md").read_text()


def test_no_page_is_of_nobody() -> None:
    assert {page.stem for page in _pages()} == {*OF_ROLE.values(), "README"}


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.stem)
def test_every_address_is_one_of_the_program(page: Path) -> None:
    addresses = ADDRESS.findall(page.read_text())
    assert addresses
    assert [one for one in addresses if not _exists(one)] == []


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.stem)
def test_every_button_is_called_as_the_program_calls_it(page: Path) -> None:
    buttons = BUTTON.findall(page.read_text())
    assert buttons
    assert [one for one in buttons if not _is_said(one)] == []
