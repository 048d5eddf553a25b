"""What a request carries: a JSON object or form fields, read strictly; anything odd is refused.

Knows nothing of commands.
"""

import json
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from board.web.errors import Stopped

DEEPEST = 16
MOST_FIELDS = 200
_LONGEST_NUMBER = 18

Fields = Mapping[str, tuple[str, ...]]


async def read_json(request: Request) -> dict[str, object]:
    """Return the JSON object that the request carries; an empty body is an empty object.

    Stopped (422) for anything else: not UTF-8, a key given twice, NaN, numbers beyond 18 digits,
    depth beyond 16, halves of surrogate pairs and NUL.
    """
    body = await request.body()
    if body and not request.headers.get("content-type", "").startswith("application/json"):
        raise Stopped(422, "not_json")
    return parse_object(body or b"{}")


def parse_object(body: bytes) -> dict[str, object]:
    """Return the JSON object in `body`; Stopped (422) as said at `read_json`."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_int=_whole,
            parse_float=_decimal,
        )
    except (ValueError, RecursionError):
        raise Stopped(422, "not_json") from None
    if not isinstance(value, dict) or not _is_sound(value, DEEPEST):
        raise Stopped(422, "not_json")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("this number is too long")
    return int(digits)


def _decimal(digits: str) -> float:
    found = float(digits)
    if len(digits) > 40 or abs(found) > 1e15:
        raise ValueError("this number is too great")
    return found


def _is_sound(value: object, depth: int) -> bool:
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, dict):
        inner = list(value.values())
        return depth > 0 and all(map(_is_text, value)) and _all_sound(inner, depth - 1)
    if isinstance(value, list):
        return depth > 0 and _all_sound(value, depth - 1)
    return True


def _all_sound(values: list[object], depth: int) -> bool:
    return all(_is_sound(value, depth) for value in values)


def _is_text(text: str) -> bool:
    # PostgreSQL keeps no NUL, and UTF-8 no half of a surrogate pair.
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


async def read_form(request: Request) -> Fields:
    """Return the form's fields, each with its values in order; empty values are left out.

    Takes urlencoded, multipart (a file's text counts as value) and, as scripts send it, a flat
    JSON object. Stopped (422) if it is none of them.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _flat(await read_json(request))
    if kind == "multipart/form-data":
        return _gathered(await _multipart(request))
    if kind in ("application/x-www-form-urlencoded", ""):
        return _gathered(_urlencoded(await request.body()))
    raise Stopped(422, "not_a_form")


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        text = body.decode("ascii")
        return parse_qsl(text, encoding="utf-8", errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Stopped(422, "not_a_form") from None


async def _multipart(request: Request) -> list[tuple[str, str]]:
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            return [(name, await _text(value)) for name, value in form.multi_items()]
    except (HTTPException, ValueError):
        raise Stopped(422, "not_a_form") from None


async def _text(value: UploadFile | str) -> str:
    return value if isinstance(value, str) else (await value.read()).decode("utf-8")


def _gathered(pairs: list[tuple[str, str]]) -> Fields:
    wrong = dict.fromkeys(name for name, value in pairs if not _is_text(value))
    if not all(_is_text(name) for name, _ in pairs):
        raise Stopped(422, "not_a_form")
    if wrong:
        raise Stopped(422, "no_text", fields=tuple(wrong))
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if value.strip():
            found[name] = (*found.get(name, ()), value)
    return found


def _flat(body: Mapping[str, object]) -> Fields:
    pairs: list[tuple[str, str]] = []
    for name, value in body.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict | list):
                raise Stopped(422, "not_a_form")
            pairs.append((name, _scalar(one)))
    return _gathered(pairs)


def _scalar(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
