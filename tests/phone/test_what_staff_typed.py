"""What staff typed reaches the customer without plates, VINs, telephones and names."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.core.job import Car, Customer
from board.core.personal import ERASED
from displays.views.phone import phone_page
from displays.views.phone_views import PhoneQuestionsView
from displays.views.phone_words import Told
from tests.core.found import asked

CAR = Car("京AD1234K", "LSVAA4182E2123456")
OWNER = Customer("王强", "13800138000")
SECRETS = (CAR.plate, CAR.vin, OWNER.name, OWNER.phone, "Anna", "D1234K")
TRIAL = asked()


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in text)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "small": str.lower,
    "wide": _wide,
    "dotted": "·".join,
    "spaced": " ".join,
    "dashed": " - ".join,
    "split unseen": "\u200b".join,
}


def told(text: str, car: Car = CAR, owner: Customer = OWNER) -> str:
    return Told(TRIAL.shop, replace(TRIAL.job(), car=car, customer=owner)).of(text)


def bare(text: str) -> str:
    """The letters and digits alone, as somebody reads them."""
    usual = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in usual if sign.isalnum())


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("secret", SECRETS)
def test_what_is_known_to_be_private_is_covered_in_any_spelling(secret: str, spelling: str) -> None:
    """Falls over without `self._rules` in `displays/views/phone_words.py`."""
    shown = told(f"换 {SPELLINGS[spelling](secret)} 完")
    assert bare(secret) not in bare(shown)
    assert "*" in shown
    assert (shown[:2], shown[-2:]) == ("换 ", " 完")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(SECRETS), st.sampled_from(sorted(SPELLINGS))), max_size=5),
    st.sampled_from(("，", " ", "/", "\n", "找", " (")),
)
def test_however_they_are_mixed_none_is_left(typed: list[tuple[str, str]], between: str) -> None:
    shown = told(between.join(["pads", *(SPELLINGS[how](secret) for secret, how in typed)]))
    assert [secret for secret in SECRETS if bare(secret) in bare(shown)] == []
    assert shown.startswith("pads")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("京A66661 同款", "京A·**661 同款"),
        ("沪b·d45678", "沪B·***678"),
        ("LFV2A21K8G4123456", "***"),
        ("打139-1234-5678问", "打***问"),
        ("+49 171 5550123", "***"),
        ("010-55501234", "***"),
        ("0912-345-678", "***"),
        ("电话：5550123", "电话***"),
    ],
)
def test_what_looks_like_anybodys_is_covered_too(typed: str, shown: str) -> None:
    assert told(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Rear pads 04465-33471, 2.1 mm left; 2026-11-22 14:05",
        "换新A4 2019款，新ABS12 传感器",
        "机油 5W-30 4L，12345 km，225/45R17",
        "fleet, annals and ¥ 1,234.56",
    ],
)
def test_the_words_of_the_trade_are_left_alone(text: str) -> None:
    assert told(text) == text


def test_what_was_erased_or_never_known_covers_nothing() -> None:
    nobody = told("Pads 12", Car(ERASED, ERASED), Customer(ERASED, ERASED))
    assert (nobody, told("Pads 12", Car(""), Customer())) == ("Pads 12", "Pads 12")


def test_questions_are_asked_in_such_words() -> None:
    trial = asked(text="Pads 京AD12345", note="Tom, LSVAA4182E2123456")
    view = phone_page(trial.shop, trial.job(), trial.now, True)["phone-ask"]
    assert isinstance(view, PhoneQuestionsView)
    assert [(one.text, one.note) for one in view.questions] == [("Pads 京A·***345", "***, ***")]
