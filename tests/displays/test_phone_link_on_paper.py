"""The customer's phone page is on papers printed by those who reach customers, and on no others."""

import asyncio
from collections.abc import Mapping

import pytest

from board.core.roles import Role
from board.journal_memory import MemoryJournal
from board.languages import Languages
from board.web.lookups import Lookups
from displays.desk_pages import DeskPage
from displays.dialog_asks import Ask
from displays.order_prints import ORDER_PRINTS
from tests.builders import EVERY_ROLE, NOW, Trial, received
from tests.desk_pages.garage import LOCALES

LOOKS = Lookups(MemoryJournal(), Languages(LOCALES), b"secret")


def links(page: DeskPage, role: Role) -> bool:
    """Whether a paper printed by somebody of this role has the link."""
    ask = Ask(received(Trial()).shop, EVERY_ROLE[role], NOW, {"job": "j1"})
    found = asyncio.run(_read(page, ask))
    return bool(found and found["phone_path"])


async def _read(page: DeskPage, ask: Ask) -> Mapping[str, object] | None:
    assert page.read is not None
    return await page.read(LOOKS, ask)


@pytest.mark.parametrize("page", ORDER_PRINTS, ids=lambda page: page.path)
def test_who_is_told_no_phone_numbers_prints_no_link(page: DeskPage) -> None:
    """Falls over without `or not sees_phones` in
    `displays/order_prints.py`.
    """
    assert Role.team_leader in page.roles
    linked = {role for role in page.roles if links(page, role)}
    assert linked == {Role.advisor, Role.controller, Role.cashier}
