"""The gallery: every region of every audience with made-up values, by the real templates.

It shows whoever changes a page what all its states look like, and is the ground of the tests that
measure pages. It reads no shop: what it shows is written here and in the modules beside.
"""

from collections.abc import Mapping
from dataclasses import replace

from board.core.workflow import BOARD_LANES
from board.screen_look import ScreenLook
from displays.gallery_crowds import CALLED, EVENING, FULL, ONE, OVERFULL
from displays.gallery_devices import device_samples
from displays.gallery_hands import PHONES, TABLETS
from displays.gallery_sample import LATE, PLAIN, REVOKED, SHOP_NAME, STALE, Sample
from displays.gallery_screens import CODE, fleet, form
from displays.gallery_story import JUST_DONE, QUIET, STORY


def _walls() -> tuple[Sample, ...]:
    plain, andon, two = PLAIN, ScreenLook(theme="andon"), ScreenLook(second_language="en")
    far = ScreenLook(diagonal_inches=50, distance_m=6.0)
    tails = ScreenLook(plates="tail", diagonal_inches=55, distance_m=9.0)
    pages = {
        "tv": ("tv", "tv/page.html", plain),
        "tv-andon": ("tv", "tv/page.html", andon),
        "tv-tails": ("tv", "tv/page.html", tails),
        "overview": ("overview", "overview/page.html", plain),
        "overview-andon": ("overview", "overview/page.html", andon),
        "lounge": ("lounge", "lounge/page.html", plain),
        "lounge-two": ("lounge", "lounge/page.html", two),
        "lounge-far": ("lounge", "lounge/page.html", far),
        "queue": ("queue", "queue/page.html", plain),
        "arrivals": ("arrivals", "arrivals_wall/page.html", plain),
    }
    full = [Sample(name, page[0], page[1], look=page[2]) for name, page in pages.items()]
    full = [_with_network(one) if one.audience == "lounge" else one for one in full]
    plainly = [sample for sample in full if sample.look is plain]
    empty = [replace(one, name=f"{one.name}-empty", shop=QUIET) for one in plainly]
    befallen = [each for one in plainly for each in _befallen(one)]
    return (*full, *empty, *befallen, *_days(full), *_spoken(full))


def _with_network(wall: Sample) -> Sample:
    """In a shop that has a network for its guests."""
    return replace(
        wall, shop=replace(wall.shop, settings=replace(wall.shop.settings, wifi="Guest-5G"))
    )


def _befallen(wall: Sample) -> tuple[Sample, ...]:
    """A wall without news, one that was switched off, one after noon, some after hours:
    dim, black by hours of their own, light because somebody still works.
    """
    name = wall.name
    closed = replace(wall, shop=EVENING, closed_minutes=45)
    return (
        replace(wall, name=f"{name}-late", befalls=LATE),
        replace(wall, name=f"{name}-stale", befalls=STALE),
        replace(wall, name=f"{name}-revoked", befalls=REVOKED),
        replace(wall, name=f"{name}-afternoon", afternoon=True),
        replace(closed, name=f"{name}-dim"),
        replace(closed, name=f"{name}-dark", own_hours=True),
        *((replace(closed, name="tv-light", shop=STORY, own_hours=True),) if name == "tv" else ()),
    )


def _days(walls: list[Sample]) -> tuple[Sample, ...]:
    """One car, as many as fit, more; and help calls at each stage in both themes."""
    named = {wall.name: wall for wall in walls}
    crowds = {"one": ONE, "full": FULL, "overfull": OVERFULL}
    counted = (
        replace(named[wall], name=f"{wall}-{many}", shop=shop)
        for wall in ("tv", "overview", "lounge", "queue")
        for many, shop in crowds.items()
    )
    called = (
        replace(named[wall], name=f"{wall}-call-{step}", shop=shop)
        for wall in ("tv", "tv-andon", "overview")
        for step, shop in CALLED.items()
    )
    return (*counted, *called)


def _spoken(walls: list[Sample]) -> tuple[Sample, ...]:
    """Walls with sound: one that may sound, one that nobody has touched yet."""
    loud = [replace(wall, look=ScreenLook(sound=True)) for wall in walls]
    return tuple(
        replace(wall, name=f"{wall.name}-{name}", befalls=befalls)
        for wall in loud
        if wall.name in ("tv", "lounge", "queue")
        for name, befalls in (("sound", {}), ("tap", {"mute": ""}))
    )


def _unpaired() -> tuple[Sample, ...]:
    """A wall that nobody has connected yet."""
    ways = {
        "tv": ("", CODE, ""),
        "lounge": ("theme-lounge", CODE, ""),
        "typed": ("", "", ""),
        "wrong": ("", CODE, "wrong"),
        "too-often": ("theme-lounge", CODE, "too_many"),
    }
    return tuple(
        Sample(f"unpaired-{name}", "unpaired", "screens/unpaired.html", context={
            "theme": theme, "code": code, "refused": refused, "audience": "tv", "back": "/tv",
            "approve": "http://192.168.1.20:8000/admin/screens/approve"})
        for name, (theme, code, refused) in ways.items()
    )  # fmt: skip


def _boards() -> tuple[Sample, ...]:
    given: Mapping[str, object] = {
        "lanes": tuple(lane.value for lane in BOARD_LANES),
        "shop_name": SHOP_NAME,
        "may_receive": True,
        "nav": (),
        "here": "/board",
    }
    board = Sample("board", "board", "board/page.html", holder="zhou", context=given)
    shops = {"empty": QUIET, "one": ONE, "full": FULL, "overfull": OVERFULL}
    calls = {f"call-{step}": shop for step, shop in CALLED.items()}
    befallen = {"late": LATE, "stale": STALE, "revoked": REVOKED}
    return (
        board,
        replace(board, name="board-lost", shop=JUST_DONE, holder="li", lost=True),
        *(replace(board, name=f"board-{name}", shop=one) for name, one in (shops | calls).items()),
        *(replace(board, name=f"board-{name}", befalls=one) for name, one in befallen.items()),
    )


def _desks() -> tuple[Sample, ...]:
    given: Mapping[str, object] = {
        "nav": (), "here": "/parts", "shop_name": SHOP_NAME, "base": "http://192.168.1.20:8000",
    }  # fmt: skip
    desk = Sample("desk", "desk", "desk/gone.html", QUIET, "wang", context=given)
    pages = {
        "screens": ("page", fleet()),
        "screens-none": ("page", fleet(is_empty=True)),
        "screens-approve": ("approve", form(CODE)),
        "screens-approve-wrong": ("approve", form(CODE, found="")),
        "screens-approve-later": ("approve", form(CODE, found="", wait=14)),
        "screens-approve-lounge": ("approve", form(CODE, found="lounge")),
        "screens-set": ("screen", form()),
    }
    screens = (
        replace(desk, name=name, template=f"screens/{page}.html", holder="zhou",
            context={**given, "here": "/admin/screens", **more})
        for name, (page, more) in pages.items()
    )  # fmt: skip
    devices = (
        replace(desk, name=name, template=f"admin/{page}.html", holder="zhou",
            context={**given, "here": "/admin/devices", **more})
        for name, (page, more) in device_samples().items()
    )  # fmt: skip
    return (replace(desk, name="desk-calls", shop=STORY, holder="zhou"), desk, *screens, *devices)


SAMPLES: tuple[Sample, ...] = (*_walls(), *_unpaired(), *_boards(), *_desks(), *TABLETS, *PHONES)
"""Every page of the gallery, in the order in which it lists them."""
