"""Home Assistant's abbreviations and its base topic `~`, written out. Pure."""

from dataclasses import dataclass

from devices.entities import Entity
from devices.payloads import Json

ABBREVIATIONS = {
    "avty": "availability", "avty_mode": "availability_mode", "avty_t": "availability_topic",
    "avty_tpl": "availability_template", "atype": "automation_type", "cmd_t": "command_topic",
    "cmps": "components", "cns": "connections", "dev": "device", "dev_cla": "device_class",
    "evt_typ": "event_types", "exp_aft": "expire_after", "ids": "identifiers",
    "mdl": "model", "mf": "manufacturer", "o": "origin", "obj_id": "object_id",
    "off_dly": "off_delay", "p": "platform", "pl": "payload", "pl_avail": "payload_available",
    "pos_clsd": "position_closed", "pos_t": "position_topic", "pos_tpl": "position_template",
    "pl_not_avail": "payload_not_available", "pl_off": "payload_off", "pl_on": "payload_on",
    "stat_cla": "state_class", "stat_clsd": "state_closed", "stat_off": "state_off",
    "stat_on": "state_on", "stat_open": "state_open",
    "stat_t": "state_topic", "stype": "subtype", "sw": "sw_version", "t": "topic",
    "uniq_id": "unique_id", "unit_of_meas": "unit_of_measurement", "val_tpl": "value_template",
    "e": "encoding",
}  # fmt: skip
INSIDE = frozenset({"device", "availability", "origin"})


@dataclass(frozen=True, slots=True)
class Declared:
    """Whom a discovery declares; `elsewhere`: another family reads it better."""

    id: str
    name: str = ""
    model: str = ""
    software: str = ""
    entities: tuple[Entity, ...] = ()
    elsewhere: bool = False


def expanded(config: dict[str, Json]) -> dict[str, Json]:
    """The same with long keys, and with `~` put in at the ends of topics."""
    base = config.get("~")
    found: dict[str, Json] = {}
    for key, value in config.items():
        whole = ABBREVIATIONS.get(key, key)
        if whole in INSIDE:
            value = _inside(value, base if isinstance(base, str) else "")
        elif isinstance(value, str) and isinstance(base, str) and whole.endswith("topic"):
            value = _with_base(value, base)
        found.setdefault(whole, value)
    return found


def _inside(value: Json, base: str) -> Json:
    if isinstance(value, dict):
        return {
            ABBREVIATIONS.get(key, key): _with_base(one, base)
            if isinstance(one, str) and base and ABBREVIATIONS.get(key, key) == "topic"
            else one
            for key, one in value.items()
        }
    return [_inside(one, base) for one in value] if isinstance(value, list) else value


def _with_base(topic: str, base: str) -> str:
    """`~` stands for the base topic at the beginning or at the end."""
    if topic.startswith("~"):
        return base + topic[1:]
    return topic[:-1] + base if topic.endswith("~") else topic
