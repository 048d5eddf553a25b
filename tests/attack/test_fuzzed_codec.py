"""Whatever comes in, the codec answers with a value or a fault it names, never with a defect."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.codec import COMMANDS, EVENTS, Malformed, command_from, event_from_entry
from board.core.commands import Command
from board.shop_file import ShopFile, read_shop_file
from board.web.body import Fields, parse_object
from board.web.commands import OFFERED
from board.web.errors import Stopped
from board.web.forms import command_body
from displays.hub import Hub, Screen
from displays.socket import _heed
from tests.attack.strange import BODIES, STRANGE, VALUES
from tests.hub.paper import BOARD, NOON, PaperWire, Timeline, make_hub

BY_CHANCE = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def _outcome(call: Callable[[], object]) -> object:
    """What a call gives, or the fault that it names; any other is a defect."""
    try:
        return call()
    except (Malformed, Stopped, ValueError) as told:
        return told


def _is_told(found: object) -> bool:
    if isinstance(found, Malformed):
        return bool(found.code and found.fields)
    return isinstance(found, Stopped) and found.status == 422


NAMES = st.one_of(st.sampled_from(sorted(COMMANDS)), STRANGE)


@BY_CHANCE
@given(NAMES, BODIES, st.booleans())
def test_a_body_is_a_command_or_malformed(
    name: str, body: Mapping[str, object], strict: bool
) -> None:
    """Falls over without `except msgspec.ValidationError` in `board/codec.py`."""
    found = _outcome(lambda: command_from(name, body, strict=strict))
    assert isinstance(found, Command) or _is_told(found)


@BY_CHANCE
@given(st.one_of(st.sampled_from(sorted(EVENTS)), STRANGE), st.integers(-1, 3), BODIES)
def test_an_entry_is_an_event_or_a_value_error(
    kind: str, version: int, body: Mapping[str, object]
) -> None:
    """Falls over without `if kind not in EVENTS` in `board/codec.py`."""
    found = _outcome(lambda: event_from_entry(kind, version, body))
    assert isinstance(found, (*EVENTS.values(), ValueError))


@BY_CHANCE
@given(st.one_of(st.binary(max_size=200), VALUES.map(msgspec.json.encode)))
def test_a_json_body_is_an_object_or_stopped(body: bytes) -> None:
    """Falls over without `except (ValueError, RecursionError)` in `board/web/body.py`."""
    found = _outcome(lambda: parse_object(body))
    assert isinstance(found, dict) or _is_told(found)


FIELD_NAMES = st.one_of(
    st.sampled_from(["at", "promise", "until", "expected", "start_at", "booked_for"]),
    STRANGE,
    st.sampled_from(["car.plate", "car", "car.plate.x", "promise", "at", "a.b.c.d.e.f", ".", ".."]),
)
FIELDS = st.dictionaries(FIELD_NAMES, st.lists(STRANGE, min_size=1, max_size=3).map(tuple))


@BY_CHANCE
@given(st.sampled_from(sorted(OFFERED)), FIELDS)
def test_a_form_is_a_command_or_told(name: str, fields: Fields) -> None:
    """Falls over without `except (ValueError, OverflowError)` in `board/web/forms.py`."""
    now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    found = _outcome(lambda: _by_form(name, fields, now))
    assert isinstance(found, Command) or _is_told(found)


def _by_form(name: str, fields: Fields, now: datetime) -> Command:
    return command_from(name, command_body(fields, OFFERED[name], now), strict=False)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[shop]",
                "[[bays]]",
                "[[people]]",
                "[pins]",
                "[workflow]",
                'name = "x"',
                'id = "1"',
                'roles = ["manager"]',
                'opens = "25:00"',
                "day_start = 08:30:00",
                "no_show_seconds = 1e400",
                "question_seconds = 99999999999999999999",
                'left_out = ["held"]',
                "time_zone = 'Mars/Base'",
                "a = " + "[" * 400,
                ("a." * 300) + "b = 1",
                "x = 9999-99-99T99:99:99Z",
            ]
        ),
        STRANGE,
        st.tuples(STRANGE, STRANGE).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    ),
    max_size=12,
).map("\n".join)


@BY_CHANCE
@given(LINES)
def test_a_shop_file_is_taken_or_its_mistakes_are_named(text: str) -> None:
    """Falls over without the handling of TOML's errors in `board/shop_file.py`."""
    found = read_shop_file(text)
    if not isinstance(found, ShopFile):
        assert found
        assert all(mistake.line >= 1 and mistake.reason for mistake in found)


@pytest.fixture(scope="module")
def hub() -> Hub:
    made = make_hub(Timeline())
    made.show(BOARD, {"job-a": "<li>a</li>"}, ("e", 1))
    assert made.shown(BOARD).at == NOON
    return made


SAID = st.one_of(
    STRANGE,
    VALUES.map(lambda value: msgspec.json.encode(value).decode()),
    st.fixed_dictionaries({}, optional={"ack": VALUES, "resync": VALUES}).map(
        lambda value: msgspec.json.encode(value).decode()
    ),
)


@BY_CHANCE
@given(SAID)
def test_a_message_is_heeded_or_nonsense(hub: Hub, text: str) -> None:
    """Falls over without `except (msgspec.DecodeError, RecursionError)` in `displays/socket.py`."""
    screen = Screen(BOARD, "s", PaperWire())
    assert _heed(hub, screen, text) in (True, False)
    hub.leave(screen)
