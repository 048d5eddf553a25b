"""Codes that people type at keypads, in what devices send: how they are known, and taken out. Pure.

A keypad tells the whole code as one word, or one key after the other.
"""

import re

GONE = "…"
KEYPAD = r"key[_ -]?pad|key_?collector|wiegand|num(?:ber)?[_ -]?pad|pin[_ -]?pad"
"""What a device or a part of one is called at which people type."""
_KEYPAD = re.compile(KEYPAD, re.IGNORECASE)
_CODE = re.compile(r"\d{4,}")
_KEYS = re.compile(r"[\d*#]+\Z")
_HAPPENS = re.compile(
    r'("(?:event|event_?type|event_?data|action|keys?|press(?:ed)?|click|button|word|k)"\s*:\s*)'
    r'("[^"]*\d{4}[^"]*(?:"|\Z)|\d{4,})',
    re.IGNORECASE,
)
"""What a message says has happened, with four digits or more in it."""
_HAPPENED = re.compile(r'"(?:event|action|key|press|click|button|word)', re.IGNORECASE)
_HAPPENS_AT = re.compile(r"(?:/event/|/(?:action|event|click|button)(?:/|\Z))", re.IGNORECASE)
_VALUE = re.compile(r'(?<=[:\[,])(\s*)(?:"[^"]*\d{4}[^"]*(?:"|\Z)|"[\d*#]{1,3}"|\d{4,}(?![\d.]))')
_MEASURES = re.compile(
    r"/(?:battery|voltage|linkquality|rssi|signal|temperature|uptime|availability)(?:/|\Z)",
    re.IGNORECASE,
)
# fmt: off
WORDS = (
    "keypad", "key_", "key ", "key-", "keycol", "wiegand", "num", "pin", "event", '"action',
    '"key', '"press', '"click', '"button', '"word', '"k"', "/action", "/click", "/button",
)
# fmt: on
"""Without one of these, in small letters, nothing of this kind is in a message."""


def is_keypad(name: str) -> bool:
    """Whether people type there."""
    return _KEYPAD.search(name) is not None


def is_measure(topic: str) -> bool:
    """Whether a topic is that of one measure, which is no code however it is called before."""
    return _MEASURES.search(topic) is not None


def kept(word: str, channel: str) -> str:
    """The word of a press, unless it is a code or one key of a code."""
    is_code = _CODE.search(word) or (_KEYS.match(word) and is_keypad(channel))
    return GONE if is_code else word


def tells_what_happened(text: str) -> bool:
    """Whether a text that cannot be read may have told of a happening."""
    return _HAPPENED.search(text) is not None


def without_codes(text: str, topic: str) -> str:
    """A text without codes where they happen to be told; names say nothing of them there."""
    if text[:1] not in ("{", "["):
        return GONE if _is_code(text, topic) else text
    if is_keypad(topic):
        text = _VALUE.sub(rf'\1"{GONE}"', text)
    return _HAPPENS.sub(rf'\1"{GONE}"', text)


def _is_code(text: str, topic: str) -> bool:
    return bool(_HAPPENS_AT.search(topic) and _CODE.search(text))
