"""What a page may say of itself: bounded, compared with what it was sent, and not too often."""

import json
from typing import Any

import pytest
from websockets.sync.client import connect

from displays.reports import Report, agrees, digest_of
from displays.wire import Heard
from tests.hub.client import Client
from tests.hub.live_server import LiveServer, until
from tests.hub.test_connection import close_code

REGIONS = {
    "order-rows": '<ol id="order-rows" data-r data-order="row-1"></ol>',
    "row-1": '<li id="row-1" data-r>京A &amp; <i data-left="9">0:01</i><svg><path/></svg> x</li>',
    "foot": '<p id="foot" data-r>3<br> of&nbsp;4</p>',
}
ALL = "foot order-rows row-1"


def _said(**changes: object) -> dict[str, Any]:
    said: dict[str, Any] = {
        "boot": "b",
        "rev": 1,
        "seq": 41,
        "build": "b1",
        "digest": digest_of(REGIONS, REGIONS),
        "engine": "Chrome/56",
        "clock": 1_795_287_670_867,
        "width": 1280,
        "height": 720,
        "rows": 1,
        "painted": 0,
        "visible": True,
        "shown": ALL,
    }
    return {**said, **changes}


def test_a_digest_is_that_of_the_words_without_blanks_and_what_runs() -> None:
    """The figures are those of static/screen.js; docs/live.md says how they come about."""
    same = {"b": "<p>京A·1 \n\t x&nbsp;</p>", "a": '<b data-since="1">9<i>!</i></b>'}
    plain = {"a": "", "b": "京A·1x"}
    assert digest_of(same, same) == digest_of(plain, plain) == "2dba03e7"
    assert digest_of(same, ["b"]) != digest_of({"b": "京A·2x"}, ["b"])


def test_what_was_sent_agrees_and_nothing_else_does() -> None:
    assert agrees(Report(**_said()), REGIONS)
    assert agrees(Report(**_said(shown="foot", digest=digest_of(REGIONS, ["foot"]))), REGIONS)
    for wrong in (
        {"digest": "00000000"},
        {"shown": ""},
        {"shown": ALL + " ghost"},
        {"shown": "foot order-rows", "digest": digest_of(REGIONS, ["foot", "order-rows"])},
    ):
        assert not agrees(Report(**_said(**wrong)), REGIONS), wrong


NONSENSE: list[dict[str, object]] = [
    {"build": "b" * 65},
    {"engine": "<b>" * 30},
    {"shown": "r" * 3001},
    {"rev": -2},
    {"width": 1e9},
    {"clock": 2**60},
    {"painted": -1},
    {"visible": "yes"},
    {"more": 1},
]


@pytest.mark.parametrize("wrong", NONSENSE, ids=lambda wrong: next(iter(wrong)))
def test_a_report_out_of_bounds_closes_the_line(live: LiveServer, wrong: dict[str, object]) -> None:
    live.show(REGIONS)
    with connect(live.url, proxy=None) as line:
        line.send(json.dumps({"report": _said(**wrong)}))
        assert close_code(line) == 1007


def _heard(live: LiveServer) -> Heard | None:
    return live.do(lambda: live.hub.screens()[0].heard)


def test_a_report_is_kept_compared_only_at_its_rev_and_not_looked_at_too_soon(
    live: LiveServer,
) -> None:
    live.show(REGIONS)
    client = Client(live.url).dial()
    client.hear()
    for rev, verdict in ((client.rev, True), (10_000, None)):
        _forget(live)
        client.line.send(json.dumps({"report": _said(boot=client.boot, rev=rev)}))
        until(lambda: _heard(live) is not None)
        found = _heard(live)
        assert found is not None
        assert found.agrees is verdict
    client.line.send(json.dumps({"report": _said(boot=client.boot, rev=client.rev, seq=99)}))
    client.line.send(json.dumps({"ack": 77}))
    until(lambda: live.do(lambda: live.hub.screens()[0].acked) == 77)
    kept = _heard(live)
    assert kept is not None
    assert kept.report.seq == 41, "the one that came too soon is not looked at"
    client.hang_up()


def _forget(live: LiveServer) -> None:
    live.do(lambda: setattr(live.hub.screens()[0], "heard", None))
