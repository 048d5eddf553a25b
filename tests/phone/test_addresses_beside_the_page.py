"""Addresses below that of a phone page: its photos and its forms, also when the link is dead."""

import pytest

from board.core import commands as c
from board.core.roles import Role
from tests.phone.customers import asked, customer, did
from tests.photos.pictures import sent
from tests.web.front import Front


def test_nobody_keeps_a_photo(front: Front) -> None:
    """Falls over without `media_type="image/jpeg", headers=_HEADERS` in
    `board/web/phone_door.py`.
    """
    job = front.receive("京A77001")
    with front.as_program(Role.advisor) as program:
        photo = program.post(f"/photos?job={job}", content=sent()).json()["photo"]
    did(front, c.ProposeLine(job=job, text="Pads", photos=(photo,)))
    did(front, c.PriceLine(job=job, line="1", price=1, parts_price=1))
    did(front, c.AskCustomer(job=job))
    with customer(front, job) as me:
        me.lets_in()
        for address in (f"{me.path}/photos/{photo}", f"{me.path}/photos/{photo}?small"):
            shown = me.client.get(address)
            assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("form", ["code", "answer"])
def test_the_address_of_a_form_leads_back_to_the_page(front: Front, form: str) -> None:
    """Falls over without `self._met(self.back)` in `board/web/phone_door.py`."""
    with customer(front, asked(front)) as me:
        back = me.client.get(f"{me.path}/{form}?language=zh-Hans")
        assert (back.status_code, back.headers["location"]) == (303, f"{me.path}?language=zh-Hans")
        did(front, c.RenewLink(job=me.job))
        for dead in (me.client.get(f"{me.path}/{form}"), me.client.post(f"{me.path}/{form}")):
            assert (dead.status_code, "This page is closed" in dead.text) == (404, True)
            assert 'href="/"' not in dead.text
