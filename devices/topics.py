"""Topic values of the native scheme: build, parse and match. Pure; knows no broker."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

ROOT = "shop"
WORD = re.compile(r"[a-z0-9-]{1,40}\Z")
CHANNEL = re.compile(r"[a-z0-9_-]{1,40}\Z")
"""What is measured may have two words: `battery_mv`."""
LONGEST = 16_000
UNSPOKEN = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of characters and what stands for none."""


class Part(StrEnum):
    """What a native device topic carries, by the word after the device id."""

    info = "$info"
    status = "$status"
    state = "st"
    event = "ev"
    command = "cmd"
    answer = "ack"


WITHOUT_CHANNEL = frozenset({Part.info, Part.status})


@dataclass(frozen=True, slots=True)
class DeviceTopic:
    """One native topic taken apart; `channel` is empty for $info and $status."""

    site: str
    device: str
    part: Part
    channel: str = ""


def build(topic: DeviceTopic) -> str:
    """The topic as text: `shop/<site>/dev/<device>/<part>[/<channel>]`."""
    head = f"{ROOT}/{topic.site}/dev/{topic.device}/{topic.part}"
    return f"{head}/{topic.channel}" if topic.channel else head


@lru_cache(4096)
def parse(topic: str) -> DeviceTopic | None:
    """The native topic taken apart, or None when it is none or has an illegal word."""
    words = topic.split("/")
    if len(words) not in (5, 6) or words[0] != ROOT or words[2] != "dev":
        return None
    part = _part(words[4])
    if part is None or (part in WITHOUT_CHANNEL) != (len(words) == 5):
        return None
    if not WORD.match(words[1]) or not WORD.match(words[3]):
        return None
    if not all(map(CHANNEL.match, words[5:])):
        return None
    return DeviceTopic(words[1], words[3], part, words[5] if len(words) == 6 else "")


def _part(word: str) -> Part | None:
    try:
        return Part(word)
    except ValueError:
        return None


def is_level(topic: str) -> bool:
    """Whether a topic of the native scheme tells one level, of which the last one holds."""
    words = topic.split("/")
    return len(words) == 6 and (words[0], words[2], words[4]) == (ROOT, "dev", Part.state)


def may_be_asked(pattern: str) -> bool:
    """Whether a broker takes this as a filter. For one that it does not, it hangs up: nothing at
    all would be heard.
    """
    words = pattern.split("/")
    if any(len(word) > 1 and ("+" in word or "#" in word) for word in words):
        return False
    return is_told(pattern) and "#" not in words[:-1]


def is_told(topic: str) -> bool:
    """Whether brokers take this as text of a topic: neither empty nor with signs that are none."""
    return 0 < len(topic) <= LONGEST and UNSPOKEN.search(topic) is None


def matches(pattern: str, topic: str) -> bool:
    """Whether a subscription filter (with + and #) takes a topic, as brokers do it."""
    if topic.startswith("$") and not pattern.startswith("$"):
        return False
    wanted, given = pattern.split("/"), topic.split("/")
    for place, word in enumerate(wanted):
        if word == "#":
            return True
        if place >= len(given) or word not in ("+", given[place]):
            return False
    return len(wanted) == len(given)


def core_status(site: str) -> str:
    """Where this program says that it lives (birth and will, retained)."""
    return f"{ROOT}/{site}/core/$status"


def core_pulse(site: str) -> str:
    """Where this program says again and again that it lives."""
    return f"{ROOT}/{site}/core/pulse"


def core_time(site: str) -> str:
    """Where devices without a clock read the time."""
    return f"{ROOT}/{site}/core/time"


def device_filter(site: str) -> str:
    """The one subscription that takes every native device of a site."""
    return f"{ROOT}/{site}/dev/#"
