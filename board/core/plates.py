"""Licence plates and VINs: how they are written, what is wrong with one, what may be shown.

Sources: GA 36 (Chinese plates), ISO 3779 (VIN alphabet).
"""

import re
import unicodedata
from dataclasses import dataclass

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_LAST = "挂学警港澳使领"
_BATTERY, _OTHER = "DABCE", "FGHJK"
_LIKELY = {"I": "1", "O": "0"}
_SEPARATORS = re.compile(r"[\s·•.\-_]+")
_VIN_LENGTH = 17


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: a stable code, the position (1-based, 0 = the whole), what stands there.

    `suggestion` is the whole value mended, '' when nothing can be guessed.
    """

    code: str
    position: int = 0
    found: str = ""
    suggestion: str = ""


def normal_plate(text: str) -> str:
    """A plate as it is compared: upper case, of usual width, without blanks, dots and hyphens."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def split_plate(plate: str) -> tuple[str, str]:
    """The region part and the tail, e.g. 京A and D12345; foreign plates have no region."""
    plate = normal_plate(plate)
    if len(plate) > 2 and plate[0] in PROVINCES:
        return plate[:2], plate[2:]
    return "", plate


def new_energy(plate: str) -> str:
    """`battery` or `other` for a new-energy plate, '' for any other."""
    tail = split_plate(plate)[1]
    if len(normal_plate(plate)) != 8 or len(tail) != 6:
        return ""
    for letters, kind in ((_BATTERY, "battery"), (_OTHER, "other")):
        if (tail[0] in letters and _small(tail)) or (tail[-1] in letters and _digits(tail[:5])):
            return kind
    return ""


def _small(tail: str) -> bool:
    second = tail[1]
    return (_digits(second) or second in _LETTERS) and _digits(tail[2:])


def _digits(text: str) -> bool:
    # Other scripts have digits too, which are on no plate.
    return text.isascii() and text.isdigit()


def plate_fault(text: str) -> Fault | None:
    """What keeps `text` from being a Chinese plate, or None when it is one."""
    plate = normal_plate(text)
    if not plate:
        return Fault("plate_empty")
    if plate[0] not in PROVINCES:
        return Fault("plate_province", 1, plate[0])
    if len(plate) < 2 or plate[1] not in _LETTERS:
        return _letter_fault(plate, 1) if len(plate) > 1 else Fault("plate_short")
    if len(plate) not in {7, 8}:
        return Fault("plate_length", 0, str(len(plate)))
    return _tail_fault(plate)


def _tail_fault(plate: str) -> Fault | None:
    for at in range(2, len(plate)):
        sign = plate[at]
        special = at == len(plate) - 1 and sign in _LAST
        if not _digits(sign) and sign not in _LETTERS and not special:
            return _letter_fault(plate, at)
    if len(plate) == 8 and not new_energy(plate):
        return Fault("plate_new_energy")
    return None


def _letter_fault(text: str, at: int) -> Fault:
    mended = _LIKELY.get(text[at], "")
    suggestion = text[:at] + mended + text[at + 1 :] if mended and at != 1 else ""
    return Fault("plate_letter", at + 1, text[at], suggestion)


def vin_fault(text: str) -> Fault | None:
    """What keeps `text` from being a VIN, or None when it is one (17 signs, no I O Q)."""
    vin = re.sub(r"\s", "", text).upper()
    for at, sign in enumerate(vin):
        if sign in "IOQ":
            mended = vin[:at] + {"I": "1"}.get(sign, "0") + vin[at + 1 :]
            return Fault("vin_letter", at + 1, sign, mended)
        if not (sign.isascii() and sign.isalnum()):
            return Fault("vin_sign", at + 1, sign)
    if len(vin) != _VIN_LENGTH:
        return Fault("vin_length", 0, str(len(vin)))
    return None


def masked_tail(plate: str) -> str:
    """What the lounge may show: 京A·**345, eight-character plates 京A·***345. Of what is no such
    plate (a foreign one, a piece of a VIN, words) the last third, three signs at most.
    """
    is_plate = plate_fault(plate) is None
    region, tail = split_plate(plate) if is_plate else ("", normal_plate(plate))
    count = 3 if is_plate else min(3, len(tail) // 3)
    shown = tail[len(tail) - count :]
    hidden = "*" * (len(tail) - count)
    return f"{region}·{hidden}{shown}" if region else f"{hidden}{shown}"
