"""Controls, signs that turn writing round, and signs of no width get into no name and no id."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from tests.attack.poisoned_day import PoisonedDay
from tests.attack.strange import UNSEEN
from tests.web.front import Front

FEWEST = 60


def test_no_command_takes_a_sign_nobody_sees(poisoned_day: PoisonedDay) -> None:
    """Falls over by remarks without `_is_garbled` in `board/core/rules/limits.py`, by names
    without `text_fault` there, by NUL without `_is_text` in `board/web/body.py`.
    """
    assert poisoned_day.tries > FEWEST
    assert poisoned_day.granted == {}
    text = poisoned_day.written
    assert not [sign for sign in UNSEEN if sign in text or repr(sign)[1:-1] in text]


@contextmanager
def _no_trace(front: Front, sign: str) -> Iterator[None]:
    yield
    kept = [each.name for each in front.accounts.screens.of_shop("shop-1")]
    assert not [name for name in kept if sign in name]


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_screen_has_no_such_name(front: Front, sign: str) -> None:
    """Falls over without `if sign.isprintable()` in `board/web/screens_door.py`."""
    code = front.accounts.screens.make_code("shop-1", "tv", "", "en")
    with _no_trace(front, sign), front.browser() as wall:
        form = {"code": code, "name": f"Ha{sign}ll"}
        assert wall.post("/screens/claim", data=form).status_code in (303, 422)


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_shop_file_brings_none(front: Front, sign: str) -> None:
    """Falls over without `text_fault` in `board/core/rules/setting_up.py`."""
    file = (
        f'[shop]\nname = "Te{sign}st"\n[[people]]\nid = "chen"\nname = "C"\nroles = ["manager"]\n'
    )
    with front.as_person("chen") as chen:
        answer = chen.post("/admin/import", data={"file": file})
    assert answer.status_code in (409, 422)
    assert sign not in front.desk.shop.settings.name


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_address_means_nothing_with_one(front: Front, sign: str) -> None:
    job = front.receive()
    with front.as_person("chen") as chen:
        for path in (f"/api/v1/jobs/{job}{quote(sign)}", f"/admin/people/li{quote(sign)}/pin"):
            assert chen.get(path).status_code in (404, 405)
            assert chen.post(path, data={"pin": "2468"}).status_code in (404, 405)
