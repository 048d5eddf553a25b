"""A page changes one table of the bindings file, and not a sign besides."""

import tomllib
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.binding_edits import (
    EditRefused,
    Known,
    Place,
    added,
    changed,
    checked,
    replaced,
    taken_out,
)

BY_HAND = """\
# What Mr Wu wrote
[[family]]   # ours
name = "zigbee2mqtt"

# the eye of bay 1, above the lift
[[ sensor ]]  # do not touch
"device" = 'native:eye'
# it looks through glass
channel = "distance" # mm
bay="bay-1"
enter_below_mm = 1_200

[[button]]
device = "native:press"
channel = "button-1"
bay = "bay-1"

[shop]
device = "native:eye"
"""
EYE = Place("sensor", "native:eye", "distance")


def test_a_value_changes_and_its_comment_stays() -> None:
    after = changed(BY_HAND, EYE, {"channel": "occupancy", "bay": "bay-2"})
    expected = BY_HAND.replace('"distance" # mm', '"occupancy" # mm', 1)
    assert after == expected.replace('bay="bay-1"', 'bay="bay-2"', 1)


def test_a_new_key_comes_behind_the_others_of_its_table() -> None:
    after = changed(BY_HAND, EYE, {"shadow": True})
    last = "enter_below_mm = 1_200\n"
    assert after == BY_HAND.replace(last, last + "shadow = true\n")


def test_a_key_is_taken_out_with_its_line() -> None:
    after = changed(BY_HAND, EYE, {"enter_below_mm": None, "priority": None})
    assert after == BY_HAND.replace("enter_below_mm = 1_200\n", "")


def test_a_table_is_taken_out_and_remarks_on_lines_of_their_own_stay() -> None:
    after = taken_out(BY_HAND, EYE)
    assert "# it looks through glass\n" in after
    assert "do not touch" not in after
    assert tomllib.loads(after).keys() == {"family", "button", "shop"}


def test_what_is_added_and_taken_out_leaves_the_file_as_it_was() -> None:
    values = {"device": "native:door", "channel": "contact", "bay": "bay-1"}
    after = added(BY_HAND, "sensor", values)
    assert after.startswith(BY_HAND)
    assert tomllib.loads(after)["sensor"][1] == values
    assert taken_out(after, Place("sensor", "native:door", "contact")) == BY_HAND


def test_a_file_without_an_end_of_line_gets_one() -> None:
    values = {"device": "native:door", "bay": "bay-1"}
    after = added('[shop]\r\nname = "x"', "badge", values)
    assert after == (
        '[shop]\r\nname = "x"\r\n\r\n[[badge]]\r\ndevice = "native:door"\r\nbay = "bay-1"\r\n'
    )
    more = changed(after.removesuffix("\r\n"), Place("badge", "native:door", "badge"), {"bay": "b"})
    assert more.endswith('bay = "b"')


def test_a_new_device_hangs_where_the_old_one_hung() -> None:
    after = replaced(BY_HAND, "native:eye", "native:new-eye")
    assert after == BY_HAND.replace("'native:eye'", '"native:new-eye"')


def test_a_device_that_hangs_somewhere_replaces_no_other() -> None:
    with pytest.raises(EditRefused) as refused:
        replaced(BY_HAND, "native:eye", "native:press")
    assert (refused.value.code, refused.value.key) == ("bound", "device")


def test_what_is_not_there_cannot_be_changed() -> None:
    for place in (Place("sensor", "native:eye", "contact"), Place("badge", "native:eye", "badge")):
        with pytest.raises(EditRefused, match="missing"):
            changed(BY_HAND, place, {"bay": "bay-2"})


def test_a_list_in_braces_is_left_to_whoever_wrote_it() -> None:
    text = 'sensor = [{ device = "native:eye", channel = "distance", bay = "bay-1" }]\n'
    with pytest.raises(EditRefused, match="otherwise"):
        taken_out(text, EYE)


def test_an_edit_with_a_mistake_is_refused_at_its_key() -> None:
    known = Known(frozenset({"bay-1"}))
    with pytest.raises(EditRefused) as refused:
        checked(BY_HAND, lambda text: changed(text, EYE, {"leave_above_mm": 1210}), known)
    assert (refused.value.code, refused.value.key) == ("mistake", "leave_above_mm")
    assert "150" in str(refused.value)


def test_mistakes_of_before_do_not_hinder_others() -> None:
    known = Known(frozenset({"bay-1"}))
    wrong = BY_HAND + '\n[[sensor]]\ndevice = "native:x"\nchannel = "contact"\nbay = "bay-9"\n'
    assert checked(wrong, lambda text: changed(text, EYE, {"priority": 3}), known) != wrong
    with pytest.raises(EditRefused, match="bay-9"):
        checked(wrong, lambda text: changed(text, EYE, {"bay": "bay-9"}), known)


@pytest.mark.parametrize("text", ["[[sensor]\n", "x = = 1", "\0"])
def test_a_file_that_is_no_toml_is_not_touched(text: str) -> None:
    with pytest.raises(EditRefused) as refused:
        added(text, "badge", {"device": "native:door", "bay": "bay-1"})
    assert refused.value.code == "unreadable"
    assert refused.value.mistake is not None


@dataclass(frozen=True)
class Block:
    """A stretch of a file: one table as its lines, or something else."""

    text: str
    place: Place | None = None


VALUES = ("true", "1_000", "-2.5e3", '"a # b = [c]"', "'[[sensor]]'", '"\\" ]"', "[1, # x\n [2]]")
LONG = ('"""one\n[[sensor]]\ndevice = "x"\n"""', "'''a'b''\n# c'''", '{ a = "}", b = [1] }')


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    """Files of tables among remarks and foreign tables."""
    found = [Block(draw(st.sampled_from(["", "# head [[sensor]]\n", "top = 1\n"])))]
    for number in range(draw(st.integers(1, 5))):
        found.append(draw(st.one_of(st.just(Block("")), _others(number), _ours(number))))
    return found


@st.composite
def _others(draw: st.DrawFn, number: int) -> Block:
    value = draw(st.sampled_from((*VALUES, *LONG)))
    head = draw(st.sampled_from([f"[other-{number}]", "[[other]]", f'["a.{number}"]']))
    remark = draw(st.sampled_from(["", "# [[sensor]]\n", "\n  # device = 1\n"]))
    return Block(f"{head}\nplain = {value}\n{remark}")


@st.composite
def _ours(draw: st.DrawFn, number: int) -> Block:
    kind = draw(st.sampled_from(["sensor", "button", "badge"]))
    place = Place(kind, f"native:d{number}", kind)
    lines = [f'device = "{place.device}"', f"channel = '{kind}'", 'bay  =  "b"  # where']
    lines += [f"more-{index} = {one}" for index, one in enumerate(draw(_SOME))]
    head = draw(st.sampled_from([f"[[{kind}]]", f'  [[ "{kind}" ]] # x']))
    lines = draw(st.permutations(lines))
    gap = draw(st.sampled_from(["", "\n"]))
    return Block(gap + "".join(f"{line}\n" for line in (head, *lines)), place)


_SOME = st.lists(st.sampled_from((*VALUES, *LONG)), max_size=2)


def _text(found: list[Block]) -> str:
    return "".join(one.text for one in found)


@settings(max_examples=80, deadline=None)
@given(blocks())
def test_whatever_is_done_to_a_table_the_rest_of_the_text_stays(found: list[Block]) -> None:
    text = _text(found)
    for number, block in enumerate(found):
        if block.place is None:
            continue
        before, after = _text(found[:number]), _text(found[number + 1 :])
        out = taken_out(text, block.place)
        assert out in (before + after, (before + after).replace("\n\n", "\n", 1))
        moved = block.text.replace('bay  =  "b"', 'bay  =  "c"', 1)
        assert changed(text, block.place, {"bay": "c"}) == before + moved + after
        more = changed(text, block.place, {"shadow": True})
        assert more == before + block.text + "shadow = true\n" + after
        assert changed(more, block.place, {"shadow": None}) == text
        by = block.text.replace(f'"{block.place.device}"', '"native:new"', 1)
        assert replaced(text, block.place.device, "native:new") == before + by + after
    fresh = {"device": "native:fresh", "channel": "contact", "bay": "b"}
    more = added(text, "sensor", fresh)
    assert more.startswith(text)
    assert taken_out(more, Place("sensor", "native:fresh", "contact")) == text
