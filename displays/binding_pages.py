"""The pages on which devices are found, bound, measured and made to count.

Nothing here is live by itself: the pages ask anew every second or two.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from board.core.device_deeds import LISTEN_SECONDS, USUAL_LISTEN_SECONDS
from board.core.roles import Role
from board.core.shop import Person
from displays.binding_facts import BindAnswer, File, Hung, read_bind_answer
from displays.desk_pages import DeskPage, Looks, page_of
from displays.devices_page import GONE, KEEPERS, Stamp, asked, names_of
from displays.dialog_asks import Ask, Sheet

LEAST_READINGS = 5
LONGEST_MINUTES = 60
"""A measurement that was begun longer ago is begun anew."""
UNOPENED = "admin/family_gone.html"
STEPS = ("empty", "car", "done")


def listen_page(_ask: Ask) -> Sheet:
    """Which row reacts while somebody stands before a device."""
    return page_of("admin/listen.html")


def bind_page(_ask: Ask) -> Sheet:
    """Where a device hangs, and where it may."""
    return page_of("admin/bind.html")


def calibrate_page(_ask: Ask) -> Sheet:
    """The distances of a sonar, measured."""
    return page_of("admin/calibrate.html")


def badges_page(_ask: Ask) -> Sheet:
    """Whose badge is whose."""
    return page_of("admin/badges.html")


def family_page(_ask: Ask) -> Sheet:
    """What would fall silent if a family were closed."""
    return page_of("admin/family.html")


def gates_page(_ask: Ask) -> Sheet:
    """Which camera and which sensor stand at which gate."""
    return page_of("admin/gates.html")


async def read_listen(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """What reacted since somebody began to listen. Without that: what one can begin with."""
    since = _moment(ask.given.get("since", ""))
    asked_for = ask.given.get("seconds", "")
    is_offered = asked_for in {str(one) for one in LISTEN_SECONDS}
    seconds = int(asked_for) if is_offered else USUAL_LISTEN_SECONDS
    until = since + timedelta(seconds=seconds) if since else ask.now
    left = (until - ask.now).total_seconds()
    begun = (since or ask.now).isoformat()
    question = {"what": "listen", "since": begun, "until": until.isoformat()}
    answer = await _asked(looks, ask, question)
    told = answer.listen
    devices = {one.id: one for one in (*told.list.bound, *told.list.unbound)} if told else {}
    return {
        "answer": answer,
        "rows": told.rows if told and since else (),
        "devices": devices,
        "is_begun": since is not None,
        "file": await file_of(looks, ask),
        "left": max(0, round(left)) if since else 0,
        "lengths": LISTEN_SECONDS,
        "stamp": Stamp(ask),
        "names": names_of(ask.shop),
    }


async def read_bind(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The device with its tables in the file; None when nobody knows of it."""
    device = _device(ask.given)
    answer = await _asked(looks, ask, {"what": "bind", "id": device})
    file = await file_of(looks, ask)
    names = answer.bind.names if answer.bind else (device,)
    tables = [one for one in file.tables if one.device in names or one.camera in names]
    if answer.state == "listening" and answer.bind is None and not tables:
        return None
    bound = {(one.kind, one.channel) for one in tables}
    free = answer.bind.choices if answer.bind else ()
    free = tuple(one for one in free if (one.kind, one.channel) not in bound)
    shop = ask.shop
    bays = [one for one in shop.bays.values() if not one.removed]
    return {
        "answer": answer,
        "file": file,
        "id": device,
        "tables": tables,
        "choices": [one for one in free if one.kind != "lamp"],
        "lamp_choices": [one for one in free if one.kind == "lamp"],
        "outputs": {one.channel: one for one in answer.bind.outputs} if answer.bind else {},
        "now": {},
        "bays": bays,
        "technicians": technicians_of(ask),
        "stamp": Stamp(ask),
        "names": names_of(shop),
    }


def technicians_of(ask: Ask) -> list[Person]:
    """Who may have a place or a badge, by name."""
    people = (one for one in ask.shop.people.values() if Role.technician in one.roles)
    return sorted((one for one in people if not one.removed), key=lambda it: it.name)


def _device(given: Mapping[str, str]) -> str:
    """The device that is meant; typed, it comes as how its ids begin and its name."""
    named = given.get("name", "").strip()
    return f"{given.get('head', '')}:{named}" if named else given.get("device", "")


async def read_calibrate(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """What the sonar measures since a step was begun, and what was captured; None: no sonar."""
    given = ask.given
    device, channel = given.get("device", ""), given.get("channel", "")
    file = await file_of(looks, ask)
    table = _sonar(file, device, channel)
    if table is None:
        return None
    step = given.get("step", "")
    since = _moment(given.get("since", ""))
    is_old = since is None or ask.now - since > timedelta(minutes=LONGEST_MINUTES)
    question = {
        "what": "calibration",
        "id": device,
        "channel": channel,
        "since": (ask.now if since is None else since).isoformat(),
        "empty": given.get("empty", ""),
        "car": given.get("car", ""),
    }
    answer = await _asked(looks, ask, question)
    return {
        "answer": answer,
        "told": answer.calibration,
        "file": file,
        "table": table,
        "step": step if step in STEPS else "empty",
        "is_measuring": not is_old and step != "done",
        "least": LEAST_READINGS,
        "given": {"empty": question["empty"], "car": question["car"]},
        "names": names_of(ask.shop),
    }


async def file_of(looks: Looks, ask: Ask) -> File:
    """The file of bindings as this process reads it."""
    answer = await _asked(looks, ask, {"what": "file"})
    return answer.file or File("", None)


async def _asked(looks: Looks, ask: Ask, question: Mapping[str, str]) -> BindAnswer:
    if looks.devices is None:
        return read_bind_answer(None)
    return read_bind_answer(await looks.devices(ask.shop.id, json.dumps(question).encode()))


async def read_gates(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The gates of the file, what is heard there, and what could stand at one."""
    answer = await _asked(looks, ask, {"what": "gates"})
    file = await file_of(looks, ask)
    told = answer.gates
    gates = [one for one in file.tables if one.kind == "gate"]
    return {
        "answer": answer,
        "told": told,
        "file": file,
        "gates": gates,
        "now": {(one.gate, one.channel): one for one in told.now} if told else {},
        "chosen": ask.given.get("device", ""),
        "outputs": {},
        "stamp": Stamp(ask),
        "names": names_of(ask.shop),
    }


async def read_badges(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """Whose badges are known, and those that were shown lately and are nobody's."""
    answer = await asked(looks, ask, {"what": "list"})
    file = await file_of(looks, ask)
    held = {one.mark for one in file.holders}
    told = answer.list.told if answer.list else ()
    strange = [one for one in told if one.trouble == "badge_unknown" and one.mark not in held]
    return {
        "answer": answer,
        "file": file,
        "shown": list({one.mark: one for one in strange if one.mark}.values()),
        "readers": [one for one in file.tables if one.kind == "badge"],
        "technicians": technicians_of(ask),
        "stamp": Stamp(ask),
        "names": names_of(ask.shop),
    }


async def read_family(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """An opened family and what hangs on it; None when the file opens no such family."""
    file = await file_of(looks, ask)
    name, base = ask.given.get("name", ""), ask.given.get("base", "")
    family = next((one for one in file.opened if (one.name, one.base) == (name, base)), None)
    if family is None or not family.is_written:
        return None
    answer = await _asked(looks, ask, {"what": "closing", "name": name, "base": base})
    same = [one for one in file.opened if one.name == name]
    return {
        "answer": answer,
        "told": answer.closing,
        "file": file,
        "family": family,
        "is_usual_again": name == "zigbee2mqtt" and len(same) == 1,
        "stamp": Stamp(ask),
        "names": names_of(ask.shop),
    }


def _sonar(file: File, device: str, channel: str) -> Hung | None:
    at = (one for one in file.tables if (one.device, one.channel) == (device, channel))
    return next((one for one in at if channel.partition("-")[0] == "distance"), None)


def _moment(text: str) -> datetime | None:
    """None too for a moment so far off that nothing can be reckoned from it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and 2000 <= found.year < 3000 else None


BINDING_PAGES: tuple[DeskPage, ...] = (
    DeskPage("/admin/devices/listen", listen_page, KEEPERS, "", read_listen),
    DeskPage("/admin/devices/bind", bind_page, KEEPERS, "", read_bind, gone=GONE),
    DeskPage("/admin/devices/gates", gates_page, KEEPERS, "", read_gates),
    DeskPage("/admin/devices/family", family_page, KEEPERS, "", read_family, gone=UNOPENED),
    DeskPage("/admin/devices/badges", badges_page, KEEPERS, "", read_badges),
    DeskPage("/admin/devices/calibrate", calibrate_page, KEEPERS, "", read_calibrate, gone=GONE),
)
