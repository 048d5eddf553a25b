"""What is left of a message when it is kept for people: no plates, no badges, no codes, no keys, no
places.

Pure. Rather too much is taken out than too little: who looks wants to know how a device speaks.
"""

import re
from collections.abc import Collection

from devices.payloads import BadPayload, read_json
from devices.typed import GONE, KEYPAD, is_measure, tells_what_happened, without_codes
from devices.typed import WORDS as TYPED_WORDS

LONGEST_TEXT = 1000
LONGEST_BYTES = 64
MOST_REMEMBERED = 4000
TAIL = 3
"""Of a plate as much may stand on a page."""

_CARDS = re.compile(
    r"(?<!tem)plate|badge|rfid|nfc|rc522|pn532|lpr|anpr|tag_scanned|/tag/|tag_reader|\buid\b"
    r"|lockaction|tracked_object",
    re.IGNORECASE,
)
"""Messages with these words may be about somebody's car or badge."""
_NAMES = (
    "(?<!tem)plate|badge|uid|card|license|recognized|passw|psk|secret|token|key|ssid|user|login|owner"
    "|sub_label|holder|phone|snapshot|image|thumbnail|location|geohash|gps|coord|latitude|longitude"
    "|passph|passk|credential|file_?name"
)
_ALONE = "lat|lon|lng|alt|vin|pass"
"""Names that many harmless words contain."""
_LOCK = rf"{KEYPAD}|code|(?:(?<![a-z])|(?-i:(?<=[a-z])(?=P)))(?:pin|pwd?)s?\d*(?![a-z])|pincode"
"""What opens a door: `pin` and `pw` only as words of a name (`user_pin`, `wifiPw`, not `ping`)."""
_HARMLESS = re.compile(
    r"(?:model|error|err|fault|status|result|reason|return|exit|country|region|weather|language"
    r"|product|vendor|manufacturer|device|function|firmware|time|op|uni|en|de)"
    r"[_ ]?cod(?:e[rds]?|ing)"
    r"|codec|code_?(?:rate|version)",
    re.IGNORECASE,
)
"""Codes that open nothing."""
_WORDS = ("plate", *_NAMES.split("|")[1:], *(f'"{one}"' for one in _ALONE.split("|")), "\\u")
_WORDS += (
    "filename",
    "file_name",
    "lockaction",
    "tracked_object",
    "rfid",
    "nfc",
    "rc522",
    "pn532",
    "lpr",
    "anpr",
    "/tag/",
    "tag_",
    "code",
    "pin",
    "pw",
)
_WORDS += TYPED_WORDS
_NUMBERED = re.compile("522|532")
"""The digits that some of these words have."""
_SECRET = re.compile(rf'{_NAMES}|{_LOCK}|"(?:{_ALONE})"|{_CARDS.pattern}', re.IGNORECASE)
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\Z)'
_PAIR = re.compile(
    rf'("(?P<name>[^"\\]*(?:{_NAMES}|{_LOCK})[^"\\]*|{_ALONE})"\s*:\s*)'
    rf"(?P<value>{_STRING}|\[[^\]]*(?:\]|\Z)|\{{[^{{}}]*(?:\}}|\Z)|[^\s,\[\]{{}}]+)",
    re.IGNORECASE,
)
_OPENS = re.compile(_LOCK, re.IGNORECASE)
_SPOKEN = re.compile(
    r"(\b(?:pin|code|pwd?|passw\w*|passcode)\s*[:= ]\s*|(?:密码|口令|验证码"
    r"|\\u5bc6\\u7801|\\u53e3\\u4ee4|\\u9a8c\\u8bc1\\u7801)\W{0,3})\w*\d\w*",
    re.IGNORECASE,
)
"""In a sentence."""
_PHONE = re.compile(
    r"(?:(?<=\\u[0-9a-f]{4})|(?<=\\[nrt])|(?<![0-9A-Za-z.]))"
    r"(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"1[3-9]\d(?:[ -]?\d{4}){2}")
"""In every phone's number, and quickly looked for."""
_RUN = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)|[0-9a-f](?:[:. ·-]?[0-9a-f]){5,}", re.IGNORECASE
)
"""A badge's number, however it is written, unless it is a moment."""
_GAP = r"(?:[ ·.-]|\\u00b7)?"
_PLATE = re.compile(
    rf"(?:\\u[0-9a-f]{{4}}|[一-鿿]){_GAP}[A-Z](?:{_GAP}[A-Z0-9]){{4,7}}", re.IGNORECASE
)
_NAME = re.compile(rf'("(?:name|data)"\s*:\s*){_STRING}', re.IGNORECASE)
_VALUE = re.compile(r'(?<=[:\[,])(\s*)"(?!\d{4}-\d\d)(?=[^"]*\d)[\w ·:-]{4,24}(?:"|\Z)')


def redacted(
    text: str, topic: str = "", told: Collection[str] = (), *, careful: bool = False
) -> str:
    """The text without what names a car, a person, a key or a place. `told`: plates and badges that
    were read from it; they are taken out wherever they stand. `careful`: it could not be read, or
    its device reads badges: it may hold a number where none is looked for.
    """
    for one in told:
        text = _without(text, one)
    if _LONG_NUMBER.search(text):
        text = _PHONE.sub(GONE, text)
    if careful:
        text = _beginning(text, topic)
    if text.isascii() and _is_harmless(text, topic):
        return text
    low = f"{topic} {text}".lower()
    text = _SPOKEN.sub(rf"\1{GONE}", _PLATE.sub(GONE, text))
    text = without_codes(_PAIR.sub(_emptied, text), topic)
    if text[:1] not in ("{", "["):
        return GONE if _is_number(text, topic) else text
    if not _CARDS.search(low):
        return text
    return _VALUE.sub(rf'\1"{GONE}"', _NAME.sub(rf'\1"{GONE}"', text))


def _is_harmless(text: str, topic: str) -> bool:
    """Whether no word of a secret is in it. Remembered, as a hash, for all messages that differ in
    digits only: a device says the same words all day.
    """
    if _NUMBERED.search(text):
        return _has_no_word(text, topic)
    words = hash((topic, text.encode().translate(None, b"0123456789")))
    found = _harmless.get(words)
    if found is None:
        if len(_harmless) >= MOST_REMEMBERED:
            _harmless.clear()
        found = _harmless[words] = _has_no_word(text, topic)
    return found


_harmless: dict[int, bool] = {}


def _has_no_word(text: str, topic: str) -> bool:
    low = f"{topic} {text}".lower()
    return not any(word in low for word in _WORDS)


def readable(
    payload: bytes, topic: str = "", told: Collection[str] = (), *, careful: bool = False
) -> str:
    """The beginning of a payload as people may see it; what is no text as bytes."""
    try:
        text = payload.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return _as_bytes(payload, topic, told, careful)
    # A little more is looked at than is shown: what is cut through must be known for what it is.
    text = redacted(text[: LONGEST_TEXT + 200], topic, told, careful=careful)
    plain = text if text.isprintable() else _printable(text)
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT] + GONE


def _as_bytes(payload: bytes, topic: str, told: Collection[str], careful: bool) -> str:
    """Bytes are letters to who can read them."""
    begun = payload[:LONGEST_BYTES].decode("utf-8", "replace")
    if told or redacted(begun, topic, careful=careful) != begun:
        return GONE
    return payload[:LONGEST_BYTES].hex(" ") + (f" {GONE}" if len(payload) > LONGEST_BYTES else "")


def _beginning(text: str, topic: str) -> str:
    """Without any number of a badge; where values cannot be told from their names, without all
    that follows the first name of a secret, and without the digits of a code before it.
    """
    if isinstance(read_json(text.encode()), BadPayload):
        word = _SECRET.search(text)
        text = text[: word.start()] + GONE if word else text
        if word or _SECRET.search(topic) or tells_what_happened(text):
            text = re.sub(r"\d{4,}", GONE, text)
    return _RUN.sub(lambda one: one[1] or GONE, text)


def _emptied(pair: re.Match[str]) -> str:
    """A name without its value; an object loses what is secret in it, a lock's all."""
    name, value = pair["name"], pair["value"]
    bare = _HARMLESS.sub("", name)
    is_harmless = bare != name and not _SECRET.search(bare)
    if value.startswith("{") and not _OPENS.search(bare):
        return pair[1] + _PAIR.sub(_emptied, value)
    if is_harmless:
        return pair[0]
    return f'{pair[1]}"{GONE}"'


def _is_number(text: str, topic: str) -> bool:
    """Whether a plain text may be a badge or a code, by its words or its topic's."""
    has_digit = any(sign.isdigit() for sign in text)
    if has_digit and _CARDS.search(f"{topic} {text}"):
        return True
    is_lock = has_digit and not is_measure(topic)
    return is_lock and bool(_OPENS.search(_HARMLESS.sub("", topic)))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


def tail(plate: str) -> str:
    """As much of a plate as may stand on a page."""
    return GONE + plate[-TAIL:] if len(plate) > TAIL else GONE


def _without(text: str, told: str) -> str:
    """However it was written there: devices put signs between, and small letters."""
    signs = [re.escape(sign) for sign in told if sign.isalnum()]
    if not signs:
        return text
    return re.sub(r"[^\w\"]{0,2}".join(signs), GONE, text, flags=re.IGNORECASE)
