"""The door of catalogue files: looked at first, taken in whole, in part as asked, or not at all."""

import httpx
import pytest

from board.catalogue_cells import MOST_BYTES
from board.core.check_templates_shipped import SHIPPED_CHECKS
from displays.appointment_words import WORD_OF_KIND
from tests.catalogue.sheets import SOUND, book
from tests.web.front import Front

BAD = SOUND + "C1,x,one,1,1,,,\n"


def sent(client: httpx.Client, content: bytes, **fields: str) -> httpx.Response:
    """What the page sends."""
    upload = {"file": ("work.csv", content, "text/csv")}
    return client.post("/admin/catalogue", files=upload, data=fields)


def taken(front: Front) -> list[str]:
    """The codes in the catalogue."""
    return list(front.desk.shop.catalogue)


def test_a_file_is_looked_at_and_nothing_is_changed(front: Front) -> None:
    with front.as_person("chen") as chen:
        answer = sent(chen, BAD.encode("gb18030"), deed="check")
    assert answer.status_code == 200
    for told in (
        "2 rows are good.",
        "1 rows are wrong.",
        "C 标准工时",
        "小保养",
        "¥260.50",
        "Bay kind",
    ):
        assert told in answer.text
    assert taken(front) == []


def test_a_sound_file_is_taken_in_by_one_event(front: Front) -> None:
    with front.as_person("chen") as chen:
        before = front.desk.shop.seq
        answer = sent(chen, SOUND.encode(), deed="import")
    assert answer.status_code == 200
    assert "2 items were taken into the catalogue." in answer.text
    assert taken(front) == ["A01", "B10"]
    assert front.desk.shop.seq == before + 1


def test_with_a_bad_row_nothing_goes_in_unless_the_good_ones_are_asked_for(front: Front) -> None:
    """Falls over without `found.mistakes and not sent.good_only` in
    `board/web/catalogue_door.py`.
    """
    with front.as_person("chen") as chen:
        answer = sent(chen, BAD.encode(), deed="import")
        assert (answer.status_code, taken(front)) == (422, [])
        assert "Nothing was taken in." in answer.text
        answer = sent(chen, BAD.encode(), deed="import", rows="good")
    assert (answer.status_code, taken(front)) == (200, ["A01", "B10"])
    assert "1 rows were left out." in answer.text


def test_a_file_may_replace_the_catalogue(front: Front) -> None:
    with front.as_person("chen") as chen:
        sent(chen, SOUND.encode(), deed="import")
        rows = (("code", "work"), ("B10", "Pads"), ("Z1", "Polish"))
        sent(chen, book(*rows), deed="import", mode="replace")
    assert taken(front) == ["B10", "Z1"]
    assert front.desk.shop.catalogue["B10"].text == "Pads"


def test_every_kind_with_a_check_of_its_own_has_a_word() -> None:
    kinds = {kind for template in SHIPPED_CHECKS for kind in template.kinds}
    assert kinds <= WORD_OF_KIND.keys()


def test_only_a_manager_with_our_own_form_may(front: Front) -> None:
    with front.as_person("lin") as lin, front.browser() as nobody:
        assert sent(lin, SOUND.encode(), deed="import").status_code == 403
        assert sent(nobody, SOUND.encode(), deed="import").status_code == 401
    with front.as_person("chen") as chen:
        chen.headers["x-csrf-token"] = "wrong"
        assert sent(chen, SOUND.encode(), deed="import").status_code == 403
    assert taken(front) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xff\xfe\0", b"\xd0\xcf\x11\xe0"])
def test_whatever_is_sent_is_answered_in_words(front: Front, content: bytes) -> None:
    with front.as_person("chen") as chen:
        assert sent(chen, content, deed="import").status_code == 422
        assert chen.post("/admin/catalogue", data={"deed": "import"}).status_code == 422


def test_a_file_that_is_too_large_is_turned_away_at_the_door(front: Front) -> None:
    with front.as_person("chen") as chen:
        assert sent(chen, b"x" * (MOST_BYTES + 100), deed="check").text.count("too large") == 1
        assert sent(chen, b"x" * (MOST_BYTES + 100_000), deed="check").status_code == 413
