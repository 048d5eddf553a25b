"""The gallery's pages that are held in hands: tablets, with taps that wait, and phones."""

import json
from collections.abc import Mapping
from dataclasses import replace

from board.core.commands import DecideLine
from displays.defect_words import defect_word
from displays.gallery_crowds import CALLED
from displays.gallery_sample import LATE, REVOKED, STALE, Sample
from displays.gallery_shop import ago
from displays.gallery_story import JUST_DONE, PHONE_JOBS, STORY
from displays.views.parts import N_
from displays.views.phone_views import ToDecide

PHONE = "+86 10 5550 1234"
_REACHED = replace(STORY, settings=replace(STORY.settings, phone=PHONE))

HOLDERS = {
    "working": "li",
    "leader": "chen",
    "inspector": "qian",
    "washer": "sun",
    "indirect": "he",
    "nothing": "new",
    "controller": "zhou",
}
PRESSED = {
    "reasons": "form[data-ask=pause] button",
    "parts": "form[data-ask=parts] button",
    "call-kinds": "form[data-ask=call] button",
    "me": "[data-ask-now=me]",
    "note": "[data-ask-now=telling]",
    "not-at-a-car": "#not-at-a-car",
}
"""What is opened on a tablet, by the button that opens it."""


def _tap(n: int, door: str, said: str, state: str, why: tuple[str, ...] = ()) -> dict[str, object]:
    fields = [["job", "j1"], ["line", "l1"]]
    made = ago(12 - 3 * n).timestamp()
    return {"n": n, "door": door, "fields": fields, "said": said, "label": said, "person": "li",
        "key": str(n), "made": made, "state": state, "why": why}  # fmt: skip


_SENT = _tap(1, "pause_line", "暂停", "sent")
_WAITS = _tap(2, "start_line", "开工", "waiting")
_REFUSED = _tap(3, "finish_line", "完工", "refused", ("该项目已被改派。",))


def _taps(*taps: Mapping[str, object], press: str = "[data-ask-now=unsent]") -> dict[str, object]:
    return {"taps": json.dumps(taps), "press": press}


def _tablets() -> tuple[Sample, ...]:
    given: Mapping[str, object] = {
        "defects": defect_word(STORY),
        "codes": (("cleaning", ""), ("training", "")),
    }
    one = Sample("tablet-working", "tablet", "tablet/page.html", holder="li", context=given)
    befallen = {
        "late": LATE,
        "stale": STALE,
        "revoked": REVOKED,
        "outbox": _taps(_SENT, _WAITS),
        "waiting": _taps(_WAITS, press=""),
        "refused": _taps(_REFUSED, press=""),
        **{name: {"press": button} for name, button in PRESSED.items()},
    }
    return (
        *(replace(one, name=f"tablet-{name}", holder=who) for name, who in HOLDERS.items()),
        replace(one, name="tablet-undo", shop=JUST_DONE),
        *(replace(one, name=f"tablet-call-{step}", shop=shop) for step, shop in CALLED.items()),
        replace(one, name="tablet-pane", holder="qian", befalls={"press": "#others"}),
        *(replace(one, name=f"tablet-{name}", befalls=what) for name, what in befallen.items()),
    )


_QUESTION = ToDecide(
    "2", "更换后刹车片", "右后 2.1 mm，低于 3 mm 建议更换。", (), 260_00, 420_00, 0
)


def _phones() -> tuple[Sample, ...]:
    def page(name: str, car: str, opened: bool = False, **more: object) -> Sample:
        told = {"error": "", "sure": None, "asked": None, **more}
        return Sample(f"phone-{name}", "phone", "phone/page.html", _REACHED, car, opened=opened,
            context=told)  # fmt: skip

    def sure(name: str, approved: bool, asked: ToDecide | None) -> Sample:
        decides = DecideLine(job="j50", line="2", approved=approved)
        return page(name, "question", True, sure=decides, asked=asked)

    code_wrong = N_("This is not the code. Please ask your service advisor for it.")
    too_late = N_("This can no longer be answered here. Please call your service advisor.")
    plain = page("in-repair", "in-repair")
    over = {"sentence": N_("This link does not work any more. Please ask your service advisor.")}
    return (
        *(page(name, name) for name in PHONE_JOBS),
        *(page(f"{name}-opened", name, True) for name in ("question", "answered")),
        page("wrong-code", "question", error=code_wrong),
        page("too-late", "in-check", True, error=too_late),
        sure("agrees", True, _QUESTION),
        sure("declines", False, _QUESTION),
        sure("no-longer-asked", True, None),
        replace(plain, name="phone-no-number", shop=STORY),
        replace(plain, name="phone-late", befalls=LATE),
        replace(plain, name="phone-stale", befalls=STALE),
        Sample("phone-ended", "ended", "phone/over.html", context=over),
    )


TABLETS, PHONES = _tablets(), _phones()
