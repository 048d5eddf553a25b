"""A model of devices is called as people of the page's language call it."""

import pytest

from devices.deliveries import Delivery
from devices.profiles.profile import Profile
from devices.profiles.profile_file import read_profile
from devices.profiles.shelf import our_shelf
from devices.readings import Capability, State
from devices.situation import Situation
from devices.telling import as_json
from devices.telling_bind import Watched, told_bind
from devices.watching import Watching
from displays.binding_facts import Other, read_bind_answer
from displays.device_facts import Device
from tests.devices.moments import NOON
from tests.devices.test_profile_files import GOOD, read
from tests.devices.test_told_devices import listed, situation


def test_a_profile_has_names_for_readers_of_each_language() -> None:
    called = '[called]\nzh-Hans = "立柱超声波"\nzh-Hant = "  立柱超音波 "\n'
    assert read(GOOD + called).called == {"zh-Hans": "立柱超声波", "zh-Hant": "立柱超音波"}
    assert read(GOOD).called == {}


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ('zh-Hant = ""', "zh-Hant must be a text"),
        ("zh-Hans = 7", "zh-Hans must be a text"),
        ('zh-Han = "x"', "zh-Han is not known here; did you mean zh-Han"),
        ('fr = "x"', "fr is not known here"),
    ],
)
def test_a_name_for_nobody_is_a_mistake(rest: str, reason: str) -> None:
    found = read_profile(f"{GOOD}[called]\n{rest}\n", "post")
    assert not isinstance(found, Profile)
    assert found[0].line == GOOD.count("\n") + 2
    assert reason in found[0].reason


def test_ours_are_called_something_in_chinese_unless_their_name_is_a_brand() -> None:
    plain = {one.id for one in our_shelf().profiles.values() if not one.called}
    assert {one.partition("-")[0] for one in plain} == {"shelly"}
    for one in our_shelf().profiles.values():
        assert one.called.keys() <= {"zh-Hans", "zh-Hant"}
        assert len(one.called) in (0, 2)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("zh-Hans", "自有测距传感器"),
        ("zh-Hant", "自有測距感測器"),
        ("en", "Native distance sensor"),
    ],
)
def test_a_model_is_called_as_people_of_the_pages_language_call_it(
    language: str, name: str
) -> None:
    seen = State("native:eye", "distance", Capability.distance, 540, NOON, False)
    here = situation([seen], Delivery("shop/main/dev/eye/st/distance", b"{}", False, NOON))
    [device] = listed(here).unbound
    assert device.profile_in(language) == name
    [other] = _others(here)
    assert other.model_in(language) == name


def test_a_name_in_the_other_chinese_is_better_than_an_english_one() -> None:
    only = Device("x:y", profile_name="Post sonar", profile_called={"zh-Hans": "立柱超声波"})
    assert only.profile_in("zh-Hant") == "立柱超声波"
    assert only.profile_in("en") == "Post sonar"
    assert Device("x:y").profile_in("zh-Hans") == ""


def _others(here: Situation) -> tuple[Other, ...]:
    """What may take the place of a device that is gone."""
    watched = Watched(here, Watching())
    answer = read_bind_answer(as_json({"bind": told_bind(watched, "native:eye")}))
    assert answer.bind is not None
    return answer.bind.others
