"""Every role against every command, at the door of programs, of forms and of screens."""

import dataclasses
import json
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import time
from enum import Enum

import httpx
import pytest

from board.codec import COMMANDS
from board.core.permissions import ASKERS
from board.core.roles import PEOPLE_ROLES, Role
from board.web.commands import OFFERED
from tests.attack.frames import frame, goodbye
from tests.attack.target import Target
from tests.web.front import SHOP, Front

HIDDEN = sorted(COMMANDS.keys() - OFFERED.keys())
REFUSED = "not_allowed"


def _least(hint: object) -> object:
    """The plainest JSON of a type."""
    if isinstance(hint, types.UnionType):
        return None
    if typing.get_origin(hint) is Mapping:
        return {}
    if typing.get_origin(hint) in (tuple, frozenset):
        return []
    assert isinstance(hint, type), hint
    if dataclasses.is_dataclass(hint):
        return body_of(hint)
    if issubclass(hint, Enum):
        return next(iter(hint)).value
    plain = {bool: False, int: 1, float: 1.0, str: "nobody", time: "08:00:00"}
    return plain.get(hint, "2026-11-21T10:00:00Z")


def body_of(kind: type) -> dict[str, object]:
    """A body with what a command cannot do without, about things nobody has."""
    hints = typing.get_type_hints(kind)
    needed = [
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    return {name: _least(hints[name]) for name in needed}


@pytest.fixture(scope="module")
def programs(steady: Front) -> Iterator[dict[Role, httpx.Client]]:
    """A key of each role."""
    made = {}
    for role in PEOPLE_ROLES:
        secret = steady.accounts.tokens.create(SHOP, role.value, [role]).secret
        headers = {"authorization": f"Bearer {secret}"}
        made[role] = httpx.Client(base_url=steady.url, headers=headers)
    yield made
    for client in made.values():
        client.close()


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_a_key_may_ask_what_its_role_may(
    steady: Front, programs: dict[Role, httpx.Client], role: Role
) -> None:
    """Falls over without `may_ask` in `board/core/rules/__init__.py`."""
    told = {}
    for name, kind in OFFERED.items():
        before = steady.desk.shop.seq
        answer = programs[role].post(f"/api/v1/commands/{name}", json=body_of(kind))
        told[name] = answer.json().get("code") == REFUSED
        assert not told[name] or steady.desk.shop.seq == before
        assert answer.status_code < 500
        assert (answer.status_code == 403) == told[name]
    expected = {
        name: role not in ASKERS[kind] and role != Role.manager for name, kind in OFFERED.items()
    }
    assert told == expected


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_a_form_may_ask_what_its_role_may(front: Front, role: Role) -> None:
    """Falls over without the same line."""
    plan = {"id": "who", "name": "Who", "roles": [role.value]}
    with front.as_person("chen") as chen:
        done = chen.post("/api/v1/commands/set_up_person", json={"person": plan})
        assert done.status_code == 200
    with front.as_person("who") as who:
        for name, kind in OFFERED.items():
            headers = {"content-type": "application/json", "accept": "text/html"}
            answer = who.post(f"/do/{name}", content=_flat(body_of(kind)), headers=headers)
            if role not in ASKERS[kind] and role != Role.manager:
                assert answer.status_code in (403, 422), (name, answer.text)
            assert answer.status_code < 500
    assert front.desk.shop.jobs == {}


def _flat(body: dict[str, object]) -> str:
    kept = {key: value for key, value in body.items() if not isinstance(value, dict)}
    inner = {
        f"{key}.{name}": value
        for key, found in body.items()
        if isinstance(found, dict)
        for name, value in found.items()
        if not isinstance(value, dict)
    }
    return json.dumps({**kept, **inner})


@pytest.mark.parametrize("name", HIDDEN)
def test_what_only_time_and_sensors_ask_has_no_door(
    steady: Front, programs: dict[Role, httpx.Client], name: str
) -> None:
    """Falls over without `if kind not in _NOT_FROM_OUTSIDE and …` in `board/web/commands.py`."""
    for client in programs.values():
        answer = client.post(f"/api/v1/commands/{name}", json=body_of(COMMANDS[name]))
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_command")


def test_a_screen_may_ask_nothing(steady: Front) -> None:
    """Falls over without `signed.actor.kind == "screen"` in `board/web/checks.py`."""
    token = steady.accounts.sessions.open_screen(SHOP, "tv-1", "tv", "en")
    with steady.browser() as screen:
        screen.cookies.set("baylight_screen_tv_http", token)
        screen.headers["x-csrf-token"] = screen.get("/who").json()["csrf"]
        for name, kind in OFFERED.items():
            answer = screen.post(f"/api/v1/commands/{name}", json=body_of(kind))
            assert answer.status_code == 401
        reads = ("/api/v1/board", "/api/v1/events", "/api/v1/jobs/x", "/admin/set-up")
        assert {screen.get(path).status_code for path in reads} == {401}


def test_a_socket_takes_no_commands(target: Target) -> None:
    """Falls over without `forbid_unknown_fields=True` in `displays/socket.py`."""
    target.channel().close()
    before = target.shop.board()["seq"]
    for name, kind in OFFERED.items():
        said = {"ack": 1, "command": name, **body_of(kind)}
        with target.channel() as line:
            line.sendall(frame(json.dumps(said).encode()))
            assert goodbye(target.told(line)) == 1007
    assert target.shop.board()["seq"] == before
