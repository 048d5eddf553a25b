"""Why there is no broker, and why a message cannot be read, is told in the reader's language."""

import ast
import json
import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from board.core.device_faults import SENTENCES
from board.core.slips import Sentence, in_words_of, sentence, slip_of
from devices.access import AccessFault, access_of
from devices.address import read_address
from devices.mqtt_words import ended
from devices.why import told_why
from displays.device_facts import Link, read_answer
from displays.render import Renderer
from tests.devices.moments import NOON
from tests.house.source import ROOT


class Loud(NullTranslations):
    """As a catalogue says it, in capitals but for the braces."""

    def gettext(self, message: str) -> str:
        """The sentence, loud."""
        parts = message.split("{")
        return parts[0].upper() + "".join(_loud(part) for part in parts[1:])


def _loud(part: str) -> str:
    name, _, rest = part.partition("}")
    return "{" + name + "}" + rest.upper()


def head(**link: object) -> str:
    """The head of the pages of the devices."""
    told = {"address": "", "refused": [], "families": [], "mistakes": [], **link}
    answer = read_answer(json.dumps({"link": told}).encode())
    assert isinstance(answer.link, Link)
    renderer = Renderer(ROOT / "templates", lambda _language: Loud())
    return renderer.fragment("admin/device_link.html", "loud", answer=answer)


def test_a_fault_of_the_broker_is_said_in_the_language_of_the_page() -> None:
    address = read_address("mqtt://user@broker:1884?password_file=/nowhere")
    with pytest.raises(AccessFault) as fault:
        access_of(address, NOON)
    words = fault.value.words
    assert str(words).startswith("the password file /nowhere cannot be read: ")
    page = head(address="mqtt://broker", fault=words, why=told_why(words))
    assert "THE PASSWORD FILE /nowhere CANNOT BE READ: No such file or directory" in page


def test_a_whole_sentence_ends_once() -> None:
    taken = sentence("port_taken", port=1883, host="127.0.0.1")
    page = head(fault=taken, why=told_why(taken))
    assert "PORT 1883 ON 127.0.0.1 IS TAKEN" in page
    assert ".." not in page


def test_a_fault_without_a_code_is_shown_as_it_is() -> None:
    assert told_why("[Errno 28] No space left on device") is None
    assert "No space left on device" in head(fault="[Errno 28] No space left on device", why=None)


def test_a_cut_line_is_told_without_the_librarys_unspecified_error() -> None:
    cut, busy = (ReasonCode(PacketTypes.DISCONNECT, identifier=one) for one in (128, 137))
    assert "the broker has ended it, or the network is away" in ended(cut)
    assert ended(busy) == "the connection is lost: Server busy"


def test_a_sentence_is_itself_in_english() -> None:
    lost = sentence("link_lost", reason="Keep alive timeout")
    assert lost == "the connection is lost: Keep alive timeout"
    assert isinstance(lost, Sentence)
    assert told_why(lost) == {
        "code": "link_lost",
        "values": (("reason", "Keep alive timeout"),),
        "near": "",
    }


def test_every_reason_that_a_family_gives_in_plain_words_has_a_code() -> None:
    ids = re.compile(r"[a-z]+:7")
    plain = {one for one in _reasons() if not ids.fullmatch(one)}
    assert len(plain) > 40
    assert {one for one in plain if slip_of(one) is None} == set()


def test_no_two_codes_say_the_same() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES)


CALLS = {"malformed", "BadPayload", "Malformed"}


def _reasons() -> Iterator[str]:
    """Literals that say why a message cannot be read, with anything for their values."""
    for file in (ROOT / "devices").glob("**/*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                    if name in CALLS:
                        yield from (text for one in args if (text := _text(one)))


def test_a_reason_with_values_is_known_again_as_plain_text() -> None:
    """Of messages cut off, the most common of all, the reason stood in English on every page."""
    cut = in_words_of(Loud().gettext, "not JSON, or cut off")
    assert cut == "NOT JSON, OR CUT OFF"
    assert told_why("Tilt of input is not a boolean") == {
        "code": "no_boolean_of",
        "values": (("key", "Tilt"), ("part", "input")),
        "near": "",
    }
    assert in_words_of(Loud().gettext, "quite new") == "quite new"


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(one) or "7" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
