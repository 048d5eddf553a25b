"""Payloads become JSON values within limits, or a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.payloads import (
    MOST_BYTES,
    BadPayload,
    Json,
    _parsed,
    _parsed_slowly,
    _within_limits,
    read_json,
)


def test_a_byte_order_mark_is_tolerated() -> None:
    assert read_json(b'\xef\xbb\xbf{"v": true}') == {"v": True}


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "not JSON"),
        (b'{"v": tr', "not JSON, or cut off"),
        (b'{"v": NaN}', "not JSON: a number"),
        (b'{"v": -Infinity}', "not JSON"),
        (b'{"v": 1e999}', "not JSON"),
        (b'{"v": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"v": "\xc3\x28"}', "not UTF-8"),
        (b"[" * 17 + b"]" * 17, "nested deeper"),
        (b"[" * 60_000, "a nesting beyond all limits"),
        (b'"' + b"x" * MOST_BYTES + b'"', "more than"),
        (json.dumps({str(n): n for n in range(501)}).encode(), "more than 500 keys"),
        (json.dumps([0] * 5001).encode(), "more than 5000 items"),
        (b'{"v": "\\ud800"}', "cannot be stored"),
        (b'{"\\u0000": 1}', "cannot be stored"),
    ],
)
def test_what_is_refused_says_why(payload: bytes, reason: str) -> None:
    found = read_json(payload)
    assert isinstance(found, BadPayload)
    assert reason in found.reason


def test_sixteen_levels_are_taken() -> None:
    assert not isinstance(read_json(b"[" * 16 + b"]" * 16), BadPayload)


def test_lists_of_devices_have_a_limit_of_their_own() -> None:
    payload = json.dumps(["x" * 1000] * 100).encode()
    assert isinstance(read_json(payload), BadPayload)
    assert not isinstance(read_json(payload, 1024 * 1024), BadPayload)


@given(st.binary(max_size=300))
def test_every_input_has_an_answer(payload: bytes) -> None:
    read_json(payload)


_INSIDE = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_INSIDE, st.booleans())
def test_what_is_taken_by_its_signs_alone_is_within_the_limits(value: Json, escaped: bool) -> None:
    payload = json.dumps(value, ensure_ascii=escaped).encode(errors="surrogatepass")
    taken = read_json(payload)
    assert isinstance(taken, BadPayload) or taken == _within_limits(taken)


_NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)


@given(
    _INSIDE.map(lambda value: json.dumps(value).encode(errors="surrogatepass"))
    | _NUMBERS.map(str.encode)
    | st.text(alphabet='{}[]":,\\u0d8\ufeff 1e.-tru', max_size=40).map(str.encode)
)
def test_the_quick_reader_takes_nothing_that_the_slow_one_does_not(payload: bytes) -> None:
    assert _parsed(payload, MOST_BYTES) == _parsed_slowly(payload, MOST_BYTES)
