"""Commands, events and the shop to and from JSON; what is malformed is said by its field."""

from datetime import UTC, datetime

import msgspec
import pytest

from board import codec
from board.codec import COMMANDS, EVENTS, Malformed, command_from
from board.core import commands as c
from board.core.events import JobMoved
from board.core.holds import HoldReason
from board.core.job import Car, Flag


def fault(name: str, body: dict[str, object]) -> Malformed:
    """How the body is malformed."""
    with pytest.raises(Malformed) as told:
        command_from(name, body)
    return told.value


def test_names_outside_are_small_words() -> None:
    assert COMMANDS["receive_job"] is c.ReceiveJob
    assert EVENTS["job_moved"] is JobMoved
    assert all(name == name.lower() for name in (*COMMANDS, *EVENTS))


def test_a_body_becomes_its_command() -> None:
    body: dict[str, object] = {"job": "j1", "hold": "break"}
    body["expected"] = "2026-11-21T09:30:00+08:00"
    expected = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
    command = c.HoldJob(job="j1", hold=HoldReason.pause, expected=expected)
    assert command_from("hold_job", body) == command


def test_what_is_nested_and_what_is_many() -> None:
    car = {"plate": "京A12345", "mileage": 40_000}
    command = command_from("receive_job", {"job": "j1", "car": car, "flags": ["vip", "vip"]})
    assert isinstance(command, c.ReceiveJob)
    assert (command.car, command.flags) == (Car("京A12345", mileage=40_000), frozenset({Flag.vip}))


def test_forms_send_text_for_numbers_and_switches() -> None:
    body: dict[str, object] = {"job": "j1", "km": "120", "version": "3"}
    command = command_from("start_road_test", body, strict=False)
    assert command == c.StartRoadTest(job="j1", km=120, version=3)
    assert fault("start_road_test", body).code == "malformed"


@pytest.mark.parametrize(
    ("name", "body", "code", "field"),
    [
        ("fly", {}, "unknown_command", "name"),
        ("move_job", {"job": "j1"}, "malformed", "to"),
        ("move_job", {"job": 7, "to": "ready"}, "malformed", "job"),
        ("move_job", {"job": "j1", "to": "ready", "wings": 2}, "unknown_field", "wings"),
        ("receive_job", {"job": "j", "car": {"wings": 2}}, "unknown_field", "car.wings"),
        ("receive_job", {"job": "j", "car": {}}, "malformed", "car.plate"),
        ("hold_job", {"job": "j1", "hold": "tired"}, "malformed", "hold"),
        ("promise_job", {"job": "j1", "at": "2026-11-21T09:30:00"}, "malformed", "at"),
        ("promise_job", {"job": "j1", "at": "soon"}, "malformed", "at"),
        ("move_job", {"job": "j1", "to": "ready", "reason": "\0"}, "malformed", "reason"),
        ("receive_job", {"job": "j", "car": {"plate": "\ud800"}}, "malformed", "car.plate"),
        (
            "dispatch_job",
            {"job": "j", "bay": "1", "technicians": ["a", "\0"]},
            "malformed",
            "technicians.1",
        ),
    ],
)
def test_a_malformed_body_names_its_field(
    name: str, body: dict[str, object], code: str, field: str
) -> None:
    told = fault(name, body)
    assert (told.code, list(told.fields)) == (code, [field])


def test_every_command_has_a_schema() -> None:
    schemas, components = codec.command_schema()
    assert schemas.keys() == COMMANDS.keys()
    assert components


def test_an_older_shape_is_upgraded_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(codec.VERSIONS, "job_moved", 3)
    monkeypatch.setitem(codec.UPGRADES, ("job_moved", 1), lambda body: {**body, "to": body["into"]})
    monkeypatch.setitem(codec.UPGRADES, ("job_moved", 2), lambda body: {**body, "reason": "told"})
    old: dict[str, object] = {"job": "j1", "source": "ready", "into": "delivered"}
    upgraded = JobMoved("j1", "ready", "delivered", "told")
    assert codec.event_from_entry("job_moved", 1, old) == upgraded
    assert codec.event_to_entry(upgraded)[1] == 3


def test_a_snapshot_of_another_version_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 99"):
        codec.shop_from_bytes(b"{}", 99)
    with pytest.raises(msgspec.ValidationError):
        codec.shop_from_bytes(b"{}", codec.SHOP_VERSION)
