"""Nothing of another shop can be seen, moved, used as a target, or ended."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from board.core import commands as c
from board.core.handover import GatePass
from board.core.job import Car
from board.core.roles import PEOPLE_ROLES, Actor
from board.desk import Desk
from board.photo_image import picture_of
from board.shop_file import ShopFile, read_shop_file
from tests.photos.pictures import sent
from tests.web.front import FILE, INSTALLER, Front

OTHER = "shop-2"
THEIRS = "theirs"
BOSS = Actor("person", "boss", "Boss", frozenset(PEOPLE_ROLES), "test")
IDS = {"bay-3": "bay-9", '"lin"': '"olaf"', '"chen"': '"boss"'}


@pytest.fixture
def neighbour(front: Front) -> Iterator[Desk]:
    """Another shop in the same process, with a bay, a person and a job that ours lacks."""
    text = FILE
    for ours, their in IDS.items():
        text = text.replace(ours, their)
    found = read_shop_file(text)
    assert isinstance(found, ShopFile)
    with ThreadPoolExecutor(1) as writer:
        desk = Desk(front.journal, OTHER, front.clock, writer)
        front.do(desk.handle(found.command, INSTALLER, "install-2"))
        front.do(desk.handle(c.ReceiveJob(job=THEIRS, car=Car("京A99999")), BOSS, "r"))
        front.desks[OTHER] = desk
        yield desk
        front.do(desk.close())


def test_a_foreign_job_is_unknown_everywhere(front: Front, neighbour: Desk) -> None:
    """Falls over when a door finds its desk by anything but the session's shop (`desk_of` of
    `board/web/session.py`), or reads history without `shop_id`.
    """
    seq = neighbour.shop.seq
    with front.as_program(*PEOPLE_ROLES) as key, front.as_person("li") as li:
        for who in (key, li):
            assert who.get(f"/api/v1/jobs/{THEIRS}").status_code == 404
            assert "京A99999" not in who.get("/api/v1/events").text
            assert "京A99999" not in who.get("/api/v1/board").text
            assert _refusals(who, THEIRS) == {"unknown_job"}
    assert neighbour.shop.seq == seq


def _refusals(who: httpx.Client, job: str) -> set[str]:
    asked = {
        "move_job": {"job": job, "to": "awaiting_dispatch"},
        "place_car": {"job": job, "where": "parking", "spot": "1"},
        "promise_job": {"job": job, "at": "2026-11-21T10:00:00Z"},
        "cancel_job": {"job": job, "reason": "x"},
        "hold_job": {"job": job, "hold": "approval"},
        "describe_job": {"job": job, "asked": "x"},
        "undo_move": {"job": job},
    }
    answers = [who.post(f"/api/v1/commands/{name}", json=body) for name, body in asked.items()]
    return {answer.json()["code"] for answer in answers}


def test_a_foreign_photo_is_neither_taken_nor_shown(front: Front, neighbour: Desk) -> None:
    """Falls over when `board/web/photo_door.py` looks at any shop but the session's own."""
    name, ours = front.photos.keep(OTHER, THEIRS, picture_of(sent())), front.receive()
    with front.as_program(*PEOPLE_ROLES) as key, front.as_person("li") as li:
        for who in (key, li):
            put = who.post(f"/photos?job={THEIRS}", content=sent())
            assert (put.status_code, "unknown_job" in put.text) == (404, True)
            for path in (f"{THEIRS}/{name}", f"{THEIRS}/{name}?small", f"{ours}/{name}"):
                assert who.get(f"/photos/{path}").status_code == 404
    assert front.photos.read(OTHER, THEIRS, name, False)


def test_a_foreign_gate_pass_opens_no_gate(front: Front, neighbour: Desk) -> None:
    """Falls over when `_with_code` of `board/core/rules/delivering.py` looks beyond its shop."""
    job = replace(neighbour.shop.jobs[THEIRS], gate_pass=GatePass("ABC234", "boss", front.clock()))
    neighbour.shop = neighbour.shop.with_job(job)
    with front.as_person("li") as li:
        told = li.post("/api/v1/commands/use_gate_pass", json={"code": "ABC234"}).json()
    assert told["code"] == "code_unknown"


def test_a_foreign_bay_or_person_is_no_target(front: Front, neighbour: Desk) -> None:
    """Falls over without the checks of bay and technician in `board/core/rules/dispatching.py`."""
    job = front.receive()
    before = neighbour.shop.seq
    with front.as_program(*PEOPLE_ROLES) as key:
        key.post("/api/v1/commands/move_job", json={"job": job, "to": "awaiting_dispatch"})
        targets: list[tuple[str, dict[str, object]]] = [
            ("dispatch_job", {"job": job, "bay": "bay-9", "technicians": []}),
            ("dispatch_job", {"job": job, "bay": "bay-3", "technicians": ["olaf"]}),
            ("place_car", {"job": job, "where": "bay", "spot": "bay-9"}),
            ("describe_job", {"job": job, "advisor": "olaf"}),
            ("change_bay", {"bay": "bay-9", "state": "cleaning", "reason": "x"}),
            ("remove_person", {"person": "olaf"}),
            ("set_up_person", {"person": {"id": "x", "name": "X", "bays": ["bay-9"]}}),
        ]
        told = [key.post(f"/api/v1/commands/{name}", json=body).json() for name, body in targets]
    assert {answer.get("code", "granted").partition("_")[0] for answer in told} == {"unknown"}
    assert neighbour.shop.seq == before


def test_foreign_sessions_screens_and_people_cannot_be_ended(front: Front, neighbour: Desk) -> None:
    """Falls over without `sessions.c.shop_id == shop_id` in `board/accounts_sessions.py`."""
    accounts = front.accounts
    accounts.sessions.open_person(OTHER, "olaf", "password", "en")
    theirs = accounts.sessions.of_shop(OTHER)[0].hash
    code = accounts.screens.make_code(OTHER, "tv", "", "en")
    screen = accounts.screens.claim(code, "Hall")
    assert screen is not None
    with front.as_person("chen") as chen:
        statuses = [
            chen.post(path, data=fields).status_code
            for path, fields in (
                (f"/admin/sessions/{theirs}/revoke", {}),
                (f"/admin/screens/{screen.id}/revoke", {}),
                ("/admin/people/olaf/pin", {"pin": "2468"}),
            )
        ]
        page = chen.get("/admin/set-up").text
    assert statuses == [404, 404, 404]
    assert "Hall" not in page
    assert accounts.sessions.find(theirs) is not None
    assert [each.name for each in accounts.screens.of_shop(OTHER)] == ["Hall"]
