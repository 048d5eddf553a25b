"""Every address that shows something in a browser, from the route table itself.

A new page without a value for what its address names fails `test_every_address_is_known`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from displays.dialogs import BUILDERS
from settings import read_settings
from workshop import Workshop

NO_PAGES: Mapping[str, str] = {
    "/favicon.ico": "a picture",
    "/healthz": "for programs",
    "/readyz": "for programs",
    "/metrics": "for programs",
    "/api/": "for programs",
    "/openapi.json": "for programs",
    "/screens/waiting/{audience}": "for the script of a wall that waits",
    "/track/{token}/news": "a stream",
    "/track/{token}/photos/{name}": "a picture",
    "/photos/{job}/{name}": "a picture",
    "/static/": "files",
    "/board/check": "a sentence in a dialog",
    "/board/dialog/{name}": "dialogs open in the board, see DIALOGS",
    "/gallery/{name}": "tests/gallery looks at them",
    "/speech/": "sound",
    "/tablet-worker.js": "a script",
    "/tablet.webmanifest": "for a browser that installs the tablet",
    "/https/ca.crt": "a certificate",
    "/tablet": "in the gallery, as every wall",
    "/tv": "in the gallery",
    "/lounge": "in the gallery",
    "/queue": "in the gallery",
    "/arrivals-tv": "in the gallery",
}
"""What is no page to be walked, by its address or how that begins, and why."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "job": ("working", "gone", "receiving"),
    "id": ("working",),
    "screen": ("screen",),
    "device:path": ("native:eye-1",),
    "token": ("token",),
}
"""By the name of what an address names: which cars or things of the day are put there."""

BESIDES = (
    "/orders/nowhere",
    "/?tablet",
    "/day?view=closing",
    "/orders/check/checks?tablet",
    "/admin/screens/approve?code=ABCD-EFGH",
    "/admin/devices/listen?since=2026-01-01T00:00:00%2B00:00&seconds=60",
    "/admin/devices/bind?device=native:eye-1",
)
"""Pages that an address alone does not show."""

JOB = {"job": "working"}
_LINE = {**JOB, "line": "1"}
DIALOGS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(BUILDERS.keys() - {"menu"}, JOB),
    "answer": {**JOB, "line": "2"},
    "bay": {"bay": "1"},
    "booking": {"job": "booked"},
    "catalogue": {"q": "wi"},
    "change_item": {"code": "W1"},
    "change_line": _LINE,
    "dispatch": {"job": "waiting"},
    "drop": {**JOB, "lane": "hold"},
    "fail": {"job": "check"},
    "indirect": {"technician": "lee"},
    "part_issue": {**_LINE, "part": "1"},
    "part_order": {**_LINE, "part": "2"},
    "part_request": _LINE,
    "part_wrong": {**_LINE, "part": "1"},
    "point": {"job": "check", "point": "lamps_out", "verdict": "not_ok"},
    "rebook": {"job": "booked"},
    "resume": {"job": "held"},
    "search": {"q": "京A"},
    "unsigned": {"job": "receiving", "to": "awaiting_dispatch"},
    "why": {**JOB, "do": "deliver"},
    "withdraw_item": {"code": "W1"},
    "withdraw_line": _LINE,
}
"""What each dialog is asked about; the menu of a card is none, it opens beside its card."""


def route_table(folder: Path) -> list[str]:
    """The address of every GET that the program answers."""
    workshop = Workshop(read_settings({"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off"}))
    try:
        app = workshop.app._app
        assert isinstance(app, Starlette)
        routes = [one for one in app.routes if isinstance(one, Route)]
        return [one.path for one in routes if "GET" in (one.methods or ())]
    finally:
        workshop.close()


def is_page(path: str) -> bool:
    """Whether a browser shows what stands at this address of the table."""
    whole = {name for name in NO_PAGES if not name.endswith("/")}
    parts = tuple(NO_PAGES.keys() - whole)
    return path not in whole and not path.startswith(parts)


def filled(path: str, named: Mapping[str, str], *, every: bool) -> Iterator[str]:
    """The address with the day's values; the first of each unless `every` one is wanted."""
    name = next((name for name in VALUES if f"{{{name}}}" in path), "")
    if not name:
        yield path
        return
    for value in VALUES[name] if every else VALUES[name][:1]:
        yield from filled(path.replace(f"{{{name}}}", named.get(value, value)), named, every=every)
