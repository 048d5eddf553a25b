"""Our bays as Home Assistant discovers devices: one configuration for each bay. Pure.

One message per bay with all its entities, as Home Assistant reads it since 2024.11.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from board.core.bays import BayCondition
from devices.own_topics import MOST_REMEMBERED, core, packed
from devices.shown import ShopShown
from devices.topics import core_status

USUAL_PREFIX = "homeassistant"
NAME = "Baylight"


def config_topic(prefix: str, site: str, bay: str) -> str:
    """Where the configuration of a bay is kept."""
    return f"{prefix}/device/baylight-{site}-{bay}/config"


def config_topics(prefix: str, site: str, bays: Iterable[str]) -> tuple[str, ...]:
    """Of all of these bays: where what a former run has left behind is found."""
    return tuple(config_topic(prefix, site, bay) for bay in bays)


def is_our_config(topic: str) -> bool:
    """Whether it is a discovery of ours, and so no device's."""
    return "/device/baylight-" in topic and topic.endswith("/config")


def configs(prefix: str, site: str, shop: ShopShown) -> Mapping[str, bytes]:
    """The configuration of every bay by its topic."""
    return {
        config_topic(prefix, site, one.bay): _config(site, one.bay, one.name, shop.name)
        for one in shop.bays
    }


@lru_cache(MOST_REMEMBERED)
def _config(site: str, bay: str, name: str, shop: str) -> bytes:
    unique = f"baylight-{site}-{bay}"
    told = {
        "device": {"identifiers": [unique], "name": f"{shop} {name}".strip(), "manufacturer": NAME},
        "origin": {"name": NAME},
        "components": {
            "occupied": _switch(unique, "occupied", "Occupied", "occupancy"),
            "late": _switch(unique, "late", "Late", "problem"),
            "state": _state(unique),
        },
        "state_topic": f"{core(site)}/bay/{bay}",
        "availability": [
            {
                "topic": core_status(site),
                "value_template": "{{ value_json.s }}",
                "payload_available": "online",
                "payload_not_available": "offline",
            }
        ],
    }
    return packed(told)


def _state(unique: str) -> Mapping[str, object]:
    return {
        "platform": "sensor",
        "unique_id": f"{unique}-state",
        "name": "State",
        "device_class": "enum",
        "options": list(BayCondition),
        "value_template": "{{ value_json.state }}",
        "qos": 1,
    }


def _switch(unique: str, key: str, name: str, device_class: str) -> Mapping[str, object]:
    """What is not known is said as the word that Home Assistant takes for unknown."""
    words = "{true: 'ON', false: 'OFF'}"
    return {
        "platform": "binary_sensor",
        "unique_id": f"{unique}-{key}",
        "name": name,
        "device_class": device_class,
        "value_template": f"{{{{ {words}.get(value_json.{key}, 'None') }}}}",
        "qos": 1,
    }
