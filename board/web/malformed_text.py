"""Malformed fields as people read them: named as their page names them, in their language.

Knows the codec's reasons only as far as a person can mend what they say.
"""

import re
from collections.abc import Callable, Mapping

from board.codec import Malformed

WORDS: dict[str, str] = {
    "car.plate": "Plate",
    "car.vin": "VIN",
    "car.model": "Model",
    "car.colour": "Colour",
    "car.mileage": "Mileage",
    "customer.name": "Customer",
    "customer.phone": "Mobile",
    "asked": "What the customer asks for",
    "promise": "Promise for",
    "at": "Promise for",
    "flags": "Flags",
    "keys": "Keys",
    "parked_at": "Parking place",
    "advisor": "Advisor",
    "bay": "Bay",
    "technicians": "Technician",
    "technician": "Technician",
    "expected": "Expected",
    "standard_hours": "Standard hours",
    "reason": "Reason",
    "note": "Note",
    "until": "Until",
    "settings.hours.opens": "Opens",
    "settings.hours.closes": "Closes",
    "settings.time_zone": "Time zone",
    "settings.language": "Language",
    "price": "Labour",
    "parts_price": "Parts",
    "amount": "Amount",
    "discount": "Discount",
    "charges": "Other charges",
    "means": "Means of payment",
    "km": "Kilometres on the clock",
    "mileage": "Mileage",
    "sheet.fuel": "Fuel or charge",
    "value": "Value",
    "quantity": "How many",
    "code": "Code",
    "text": "What is to be done",
    "booked_for": "Expected at",
    "appointment.hours": "Expected hours",
    "start_at": "Planned start",
    "begins_at": "From",
    "ended_at": "Until",
    "start": "From",
    "end": "Until",
    "started_at": "From",
    "person": "Who",
    "hold": "Reason",
    "defect": "Defect code",
    "kind": "Kind",
    "where": "Place",
    "spot": "Place",
    "said_at": "From",
    "next_service.on": "Next service",
    "next_service.km": "Mileage",
}
"""What pages call a field; any other goes by its own name."""

SENTENCES: dict[str, str] = {
    "missing": "{field}: this is needed.",
    "time": "{field}: this is not a time.",
    "number": "{field}: this is not a number.",
    "unknown": "There is no field {field}.",
    "wrong": "{field}: this is not possible.",
    "body": "Something in this request is not right.",
}

_REASONS = (
    ("missing", re.compile(r"missing required field")),
    ("time", re.compile(r"RFC3339|ISO8601|`datetime`|needs a zone")),
    ("number", re.compile(r"Expected `(int|float)")),
    ("unknown", re.compile(r"unknown field")),
)
_PLACE_IN_LIST = re.compile(r"(\[[^]]*\]|\.\d+)+$")

Speak = Callable[[str], str]


def malformed_text(wrong: Malformed, speak: Speak) -> Mapping[str, str]:
    """Return a sentence for each malformed field, never none; `speak` translates."""
    return {field: _told(field, reason, speak) for field, reason in wrong.fields.items()}


def _told(field: str, reason: str, speak: Speak) -> str:
    if field == "body":
        return speak(SENTENCES["body"])
    kind = next((kind for kind, sign in _REASONS if sign.search(reason)), "wrong")
    # What no page has goes by its own name.
    name = "" if kind == "unknown" else _PLACE_IN_LIST.sub("", field)
    return speak(SENTENCES[kind]).format(field=speak(WORDS[name]) if name in WORDS else field)
