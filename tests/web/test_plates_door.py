"""A camera with a key of its own asks whether an awaited car has come; nobody else gets in."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import httpx
import pytest

from board.core.roles import Role
from board.web.plates_door import MOST_BYTES, PATH
from tests.web.front import SHOP, Front, until

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def key(steady: Front) -> str:
    """The key of the camera at the gate."""
    return steady.accounts.tokens.create(SHOP, "gate", [Role.device]).secret


@pytest.fixture
def camera(steady: Front) -> Iterator[httpx.Client]:
    """A camera that knows the address and shows what each test gives it."""
    with httpx.Client(base_url=steady.url) as client:
        yield client


def group(plate: str, start: int = 1) -> dict[str, object]:
    return {
        "data_type": "alpr_group", "camera_id": 1, "best_plate_number": plate,
        "best_confidence": 93.5, "epoch_start": start,
    }  # fmt: skip


def booked(front: Front, plate: str) -> str:
    """The job of a car that is awaited today."""
    body = {"car": {"plate": plate}, "booked_for": (front.clock() + timedelta(hours=1)).isoformat()}
    with front.as_person("li") as li:
        answer = li.post("/api/v1/commands/book_job", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["job"])


def is_asked(front: Front, job: str) -> bool:
    """Whether somebody is asked if its car has come."""
    proposal = front.desk.shop.jobs[job].proposal
    return proposal is not None and proposal.is_open(front.clock())


@pytest.mark.parametrize(
    ("plate", "way"),
    [("京A20001", "header"), ("京A20002", "bearer"), ("京A20003", "path"), ("京A20004", "tail")],
)
def test_the_plate_of_an_awaited_car_asks_whether_it_has_come(
    steady: Front, camera: httpx.Client, key: str, plate: str, way: str
) -> None:
    job = booked(steady, plate)
    path = {"path": f"{PATH}/{key}", "tail": f"{PATH}/{key}/NotificationInfo/TollgateInfo"}
    shown = {"header": {"X-Device-Token": key}, "bearer": {"Authorization": f"Bearer {key}"}}
    answer = camera.post(path.get(way, PATH), json=group(plate), headers=shown.get(way, {}))
    assert (answer.status_code, answer.json()) == (200, {"result": "true"})
    assert is_asked(steady, job)
    last = steady.journal.read(SHOP, 0)[-1]
    assert (last.kind, last.actor) == ("arrival_proposed", "device:alpr:1")
    assert last.via == "http gate", "whose key it was, whatever the camera calls itself"


def test_a_body_sent_again_and_a_plate_nobody_awaits_change_nothing(
    steady: Front, camera: httpx.Client, key: str
) -> None:
    booked(steady, "京A20005")
    start = round(steady.clock().timestamp() * 1000)
    camera.post(f"{PATH}/{key}", json=group("京A20005", start))
    seq = steady.desk.shop.seq
    for plate in ("京A20005", "京Z99999"):
        assert camera.post(f"{PATH}/{key}", json=group(plate, start)).status_code == 200
    assert steady.desk.shop.seq == seq


def test_a_camera_that_sends_slowly_holds_up_itself_alone(
    steady: Front, camera: httpx.Client, key: str
) -> None:
    slow = steady.accounts.tokens.create(SHOP, "slow", [Role.device]).secret
    head = f"POST {PATH}/{slow} HTTP/1.1\r\nHost: shop\r\nContent-Length: 900\r\n\r\n{{"
    with ExitStack() as stack:
        for _ in range(8):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", steady.port)))
            one.sendall(head.encode())
        until(lambda: camera.post(f"{PATH}/{slow}", json=group("JD61")).status_code == 429)
        assert camera.post(f"{PATH}/{key}", json=group("JD62")).status_code == 200
    until(lambda: camera.post(f"{PATH}/{slow}", json=group("JD61")).status_code == 200)


def test_pictures_may_come_along(steady: Front, camera: httpx.Client, key: str) -> None:
    job = booked(steady, "京A20006")
    xml = (
        "<EventNotificationAlert><eventType>ANPR</eventType><ANPR><licensePlate>京A20006"
        "</licensePlate></ANPR></EventNotificationAlert>"
    )
    files = {
        "a.jpg": ("a.jpg", b"\xff\xd8" * 500_000, "image/jpeg"),
        "anpr.xml": ("anpr.xml", xml.encode(), "text/xml"),
    }
    assert camera.post(f"{PATH}/{key}", files=files).status_code == 200
    assert is_asked(steady, job)


def test_what_no_camera_sends_is_set_aside_and_told(
    steady: Front, camera: httpx.Client, key: str
) -> None:
    before = steady.cameras.counters["cameras_malformed"]
    answer = camera.post(f"{PATH}/{key}", content=b'{"plate":"JD60"}', headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert steady.cameras.counters["cameras_malformed"] == before + 1
    assert steady.cameras.quarantine.suspects[-1].first_bytes == b'{"plate":"JD60"}'
    assert steady.cameras.quarantine.suspects[-1].device == "alpr:gate"
    steady.cameras.forget_suspects()
    assert steady.cameras.quarantine.suspects == ()


def test_a_body_that_is_too_large_is_refused(camera: httpx.Client, key: str) -> None:
    answer = camera.post(f"{PATH}/{key}", content=b"{" + b" " * MOST_BYTES)
    assert answer.status_code == 413


def test_only_the_key_of_a_device_opens_it_and_it_opens_nothing_else(
    steady: Front, camera: httpx.Client, key: str
) -> None:
    person = steady.accounts.tokens.create(SHOP, "program", [Role.manager]).secret
    for other in (person, "bl_nobody"):
        for path, headers in ((f"{PATH}/{other}", {}), (PATH, {"X-Device-Token": other})):
            assert camera.post(path, json=group("JD60"), headers=headers).status_code == 401
    assert camera.post(PATH, json=group("JD60")).status_code == 401
    shown = {"Authorization": f"Bearer {key}"}
    assert camera.get("/api/v1/board", headers=shown).status_code == 401
    body = {"plate": "京A20001", "seen": steady.clock().isoformat()}
    asked = camera.post("/api/v1/commands/propose_arrival", json=body, headers=shown)
    assert asked.status_code == 401


def test_a_key_that_was_revoked_opens_no_more(steady: Front, camera: httpx.Client) -> None:
    made = steady.accounts.tokens.create(SHOP, "old", [Role.device])
    steady.accounts.tokens.revoke(SHOP, made.id)
    assert camera.post(f"{PATH}/{made.secret}", json=group("JD60")).status_code == 401
