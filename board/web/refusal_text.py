"""Refusals as people read them: in their language, with names instead of ids and codes."""

import re
from collections.abc import Callable, Mapping

from board.core import words
from board.core.refusals import Refused
from board.core.shop import Shop
from board.core.slips import FileSlip, Slip

SENTENCES: dict[str, str] = {
    "plate_empty": "it is empty.",
    "plate_province": "“{found}” is no province.",
    "plate_short": "it is too short.",
    "plate_length": "it has {found} characters instead of 7 or 8.",
    "plate_letter": "“{found}” cannot stand at place {position}.",
    "plate_new_energy": "a new-energy plate has D, A, B, C, E or F, G, H, J, K in its place.",
    "vin_letter": "“{found}” at place {position} is never used; perhaps {suggestion}.",
    "vin_sign": "“{found}” at place {position} is no letter or digit.",
    "vin_length": "it has {found} characters instead of 17.",
}
"""What is wrong with a plate or a VIN; continues the refusal's sentence."""

Speak = Callable[[str], str]


def refusal_text(refused: Refused, shop: Shop, speak: Speak) -> str:
    """Return the sentence of a refusal, filled in; `speak` translates."""
    params = {key: _told(key, value, shop, speak) for key, value in refused.params.items()}
    detail = refused.params.get("detail")
    if isinstance(detail, str) and detail in SENTENCES:
        params["detail"] = speak(SENTENCES[detail]).format(**params)
    return speak(refused.sentence).format_map(_Lenient(params))


def _told(key: str, value: object, shop: Shop, speak: Speak) -> object:
    if isinstance(value, Slip | FileSlip):
        return value.told(speak)
    if not isinstance(value, str):
        return value
    if key in ("source", "to", "state"):
        return _state(value, shop, speak)
    if key == "jobs":
        return re.sub("[a-z][a-z0-9_]*", lambda found: _state(found[0], shop, speak), value)
    if key == "need":
        return speak(words.NEED.get(value, value))
    if key == "point" and value in words.CHECK_POINT.values():
        return speak(value)
    if key == "bay" and value in shop.bays:
        return shop.bays[value].name
    if key == "person":
        return shop.name_of(value)
    return value


def _state(state: str, shop: Shop, speak: Speak) -> str:
    step = shop.workflow.steps.get(state)
    return step.name if step and step.name else speak(words.STATE.get(state, state))


class _Lenient(dict[str, object]):
    """A refusal that lacks a parameter is still told, with a gap."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__(params)

    def __missing__(self, key: str) -> str:
        return "…"
