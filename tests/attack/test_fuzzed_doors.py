"""Whatever is posted to a form's door, it is answered below 500, and the shop goes on."""

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.web.commands import OFFERED
from tests.attack.strange import STRANGE
from tests.web.front import Front

BY_CHANCE = settings(max_examples=40, deadline=None, derandomize=True, database=None)
FORM = "application/x-www-form-urlencoded"
KINDS = st.sampled_from(
    [FORM, "application/json", "multipart/form-data; boundary=x", "text/plain", "", "x" * 300]
)
NAMES = st.one_of(
    st.sampled_from(["person", "pin", "password", "again", "csrf", "code", "name", "back"]),
    st.sampled_from(["language", "file", "audience", "group", "job", "car.plate", "to", "bay"]),
    st.sampled_from(["reason", "command_id"]),
    STRANGE,
)
PAIRS = st.lists(st.tuples(NAMES, STRANGE), max_size=8)
PARTS = st.sampled_from(
    ["people", "screens", "sessions", "pin", "password", "codes", "revoke", "chen", "constructor"]
)
SEGMENTS = st.one_of(PARTS, STRANGE.map(lambda text: quote(text[:60], safe="")))
PATHS = st.one_of(
    st.sampled_from(["/sign-in/pin", "/sign-in/password", "/language", "/screens/claim"]),
    st.sampled_from(["/admin/import", "/admin/screens/codes", "/sign-out", "/welcome/x"]),
    st.sampled_from(sorted(OFFERED)).map(lambda name: f"/do/{name}"),
    st.lists(SEGMENTS, min_size=1, max_size=3).map(lambda parts: "/admin/" + "/".join(parts)),
    SEGMENTS.map(lambda name: f"/do/{name}"),
)


@pytest.fixture(scope="module")
def chen(steady: Front) -> Iterator[httpx.Client]:
    """The manager, whom no rate stops."""
    for limit in ("sign_in", "person", "claim"):
        getattr(steady.doors.limits, limit)._count = 10**9
    with steady.as_person("chen") as client:
        yield client


def _encoded(pairs: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs).encode()


@BY_CHANCE
@given(path=PATHS, kind=KINDS, pairs=PAIRS, raw=st.binary(max_size=80), is_raw=st.booleans())
def test_a_form_is_answered(
    chen: httpx.Client,
    path: str,
    kind: str,
    pairs: list[tuple[str, str]],
    raw: bytes,
    is_raw: bool,
) -> None:
    """Falls over without `except Malformed` in `board/web/do_door.py`."""
    if "sign-out" in path:
        return
    body = raw if is_raw else _encoded(pairs)
    answer = chen.post(path, content=body, headers={"content-type": kind})
    assert answer.status_code < 500, (path, body)
    assert "Traceback" not in answer.text


@settings(BY_CHANCE, max_examples=80)
@given(name=st.sampled_from(sorted(OFFERED)), pairs=PAIRS)
def test_a_command_by_form_is_answered(
    chen: httpx.Client, name: str, pairs: list[tuple[str, str]]
) -> None:
    """Falls over without the same line."""
    answer = chen.post(
        f"/do/{name}", content=_encoded(pairs), headers={"content-type": FORM, "hx-request": "1"}
    )
    assert answer.status_code < 500, (name, pairs)


@BY_CHANCE
@given(path=st.sampled_from(["/", "/who", "/welcome/", "/api/v1/jobs/", "/api/v1/events?after="]))
@pytest.mark.parametrize("text", ["%00", "%ff%fe", "..%2f..", "%f0%9f%9a%97", "a" * 3000])
def test_an_address_is_answered(chen: httpx.Client, path: str, text: str) -> None:
    """Falls over without the checks of the door it means."""
    assert chen.get(path + text).status_code < 500


def test_the_shop_goes_on(steady: Front, chen: httpx.Client) -> None:
    assert chen.get("/api/v1/board").status_code == 200
    assert steady.desk.shop.people["chen"].name
