"""Whatever bays an address asks for, few variants come of it; and nobody asks without end."""

from itertools import count
from pathlib import Path

import httpx

from board.clock import real_now
from board.core.bays import Bay
from board.core.shop import Shop
from displays.hub import Hub, Variant
from displays.pages import GROUPS_KEPT, wished_group
from tests.displays.served import served
from tests.hub.paper import Timeline, make_hub

BAYS = [f"bay-{number}" for number in range(10)]
SHOP = Shop(id="shop", bays={key: Bay(id=key, name=key) for key in BAYS})


def look(hub: Hub, wish: str) -> str:
    """The group that is shown for a wish."""
    group = wished_group(hub, SHOP, wish)
    hub.show(Variant(SHOP.id, "tv", "en", group), {}, ("e", 1))
    return group


def test_a_wish_stands_for_its_known_bays_in_one_order() -> None:
    hub = make_hub(Timeline())
    assert look(hub, "bay-3,bay-1") == "bay-1,bay-3"
    assert look(hub, "bay-1,,bay-3,bay-3,nowhere") == "bay-1,bay-3"
    assert [look(hub, wish) for wish in ("", "nowhere", ",", "x" * 5000)] == [""] * 4
    assert len(hub.variants()) == 2


def test_more_groups_than_a_shop_has_walls_show_all_bays() -> None:
    hub = make_hub(Timeline())
    wishes = (",".join(BAYS[bit] for bit in range(10) if n >> bit & 1) for n in count(1))
    shown = [look(hub, next(wishes)) for _ in range(500)]
    assert len(hub.variants()) <= GROUPS_KEPT + 1
    assert shown[-1] == ""
    assert look(hub, shown[0]) == shown[0], "those that are kept are still shown"


def test_a_page_is_not_made_without_end(tmp_path: Path) -> None:
    with served(tmp_path) as (workshop, url):
        shop_id = workshop.first_desk.shop.id
        code = workshop.accounts.screens.make_code(shop_id, "tv", "", "en")
        with httpx.Client(base_url=url, headers={"origin": url}) as wall:
            assert wall.post("/screens/claim", data={"code": code}).status_code in (200, 204, 303)
            assert "data-audience" in wall.get("/tv").text
            (session,) = workshop.accounts.sessions.of_shop(shop_id)
            now = real_now().timestamp()
            while not workshop.doors.limits.person.take(session.hash, now):
                pass
            assert wall.get("/tv").status_code == 429
