"""The door of photos: who may bring and see them, and how a photo is turned away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from board.core.roles import Role
from board.web.photo_door import MOST_BYTES
from tests.photos.pictures import opened, sent
from tests.web.conftest import empty_database
from tests.web.front import Front

__all__ = ["empty_database"]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("photos")
    file = folder / "shop.db"
    file.write_bytes(empty_database.read_bytes())
    shop = Front(file).start()
    yield shop
    shop.stop()


@pytest.fixture(scope="module")
def job(front: Front) -> str:
    return front.receive()


def test_a_photo_goes_in_and_out(front: Front, job: str) -> None:
    with front.as_person("wang") as wang:
        answer = wang.post(f"/photos?job={job}", content=sent(colour="blue"))
        assert answer.status_code == 200, answer.text
        name = answer.json()["photo"]
        shown = wang.get(f"/photos/{job}/{name}")
        small = wang.get(f"/photos/{job}/{name}?small")
    assert opened(shown.content).size == opened(small.content).size == (64, 32)
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"] == "private, no-cache"
    with front.as_program(Role.advisor) as program:
        assert program.get(f"/photos/{job}/{name}").status_code == 200
    with front.browser() as stranger:
        assert stranger.get(f"/photos/{job}/{name}").status_code == 404


@pytest.mark.parametrize("how", ["", "?small"])
def test_what_a_shared_browser_kept_of_a_photo_is_shown_again_only_to_who_may_see_it(
    front: Front, job: str, how: str
) -> None:
    """Falls over when a photo may be kept for an hour: who signs in next needs no leave to see."""
    with front.as_person("wang") as wang:
        name = wang.post(f"/photos?job={job}", content=sent(colour="green")).json()["photo"]
        place = f"/photos/{job}/{name}{how}"
        first = wang.get(place)
        known = {"if-none-match": first.headers["etag"]}
        again = wang.get(place, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert "no-cache" in first.headers["cache-control"]
        other = f"/photos/{job}/{name}{'' if how else '?small'}"
        assert wang.get(other, headers=known).status_code == 200, "another picture"
    with front.browser() as stranger:
        assert stranger.get(place, headers=known).status_code == 404


def test_a_foreign_page_cannot_send_one(front: Front, job: str) -> None:
    """Falls over without `own_form(request)` in `board/web/photo_door.py`."""
    with front.as_person("wang") as wang:
        del wang.headers["x-csrf-token"]
        assert wang.post(f"/photos?job={job}", content=sent()).status_code == 403
    with front.browser() as stranger:
        assert stranger.post(f"/photos?job={job}", content=sent()).status_code == 401


def test_what_is_no_photo_is_told_in_one_sentence(front: Front, job: str) -> None:
    with front.as_person("wang") as wang:
        wang.headers["accept"] = "application/json"
        answer = wang.post(f"/photos?job={job}", content=b"%PDF-1.7")
        assert (answer.status_code, answer.json()["code"]) == (422, "photo_kind")
        nowhere = wang.post("/photos?job=none", content=sent())
        assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_job")
        large = wang.post(f"/photos?job={job}", content=bytes(MOST_BYTES + 1))
        assert large.status_code == 413
        assert wang.get(f"/photos/{job}/{'0' * 64}").status_code == 404
        assert wang.get(f"/photos/{job}/..%2f..%2fsecret").status_code == 404


def test_other_doors_keep_their_smaller_limit(front: Front, job: str) -> None:
    with front.as_person("wang") as wang:
        assert wang.post("/do/flag_job", content=bytes(100_000)).status_code == 413


def test_a_command_names_only_photos_that_were_sent_for_its_job(front: Front, job: str) -> None:
    """Falls over without `photos_fault` in `board/web/commands.py`."""
    other = front.receive("京A22222")
    with front.as_program(Role.advisor) as program:
        name = program.post(f"/photos?job={other}", content=sent()).json()["photo"]

        def told(of: str, *photos: str) -> object:
            sheet = {"marks": [{"kind": "dent", "x": 0.1, "y": 0.1, "photos": photos}]}
            body = {"job": of, "sheet": sheet, "reason": "seen later"}
            return program.post("/api/v1/commands/save_sheet", json=body).json().get("code")

        assert told(job, name) == "photo_wrong"
        assert told(other, "a" * 64) == "photo_wrong"
        assert told(other, name) is None
        found = {"job": job, "text": "pads", "photos": [name]}
        answer = program.post("/api/v1/commands/propose_line", json=found)
        assert answer.json()["code"] == "photo_wrong"


def test_a_closed_order_takes_no_photo(front: Front) -> None:
    """Falls over without `photo_closed` in `board/web/photo_door.py`."""
    gone = front.receive("京A33333")
    with front.as_program(Role.advisor) as program:
        body = {"job": gone, "reason": "sold"}
        assert program.post("/api/v1/commands/cancel_job", json=body).status_code == 200
        program.headers["accept"] = "application/json"
        answer = program.post(f"/photos?job={gone}", content=sent())
        assert (answer.status_code, answer.json()["code"]) == (409, "photo_closed")
