"""The catalogue of work: imported, merged or replaced, and lines made from it."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core import events as e
from board.core.bays import BayKind
from board.core.catalogue import MOST_ITEMS, CatalogueItem
from tests.builders import ANNA, CARL, MONA, Trial, received

BRAKES = CatalogueItem(
    "B10", "Front brake pads", 1.2, 38_000, 52_000, "repair", "brakes", BayKind.general
)
OIL = CatalogueItem("A01", "Oil service", 0.6, 12_000, 26_050)


def imported(*items: CatalogueItem, replaces: bool = False) -> c.ImportCatalogue:
    """The import of some items."""
    return c.ImportCatalogue(items=items, replaces=replaces)


def stocked() -> Trial:
    """A shop with two items, and a car in reception."""
    return received(Trial().do(imported(BRAKES, OIL), MONA))


def test_an_import_adds_and_changes_but_keeps_the_others() -> None:
    dearer = replace(OIL, price=13_000)
    trial = Trial().do(imported(BRAKES, OIL), MONA).do(imported(BRAKES, dearer), MONA)
    assert trial.events == (e.CatalogueImported((dearer,), ()),)
    assert trial.shop.catalogue == {"B10": BRAKES, "A01": dearer}


def test_an_import_that_replaces_takes_away_what_is_not_in_it() -> None:
    trial = Trial().do(imported(BRAKES, OIL), MONA).do(imported(OIL, replaces=True), MONA)
    assert trial.events == (e.CatalogueImported((), ("B10",)),)
    assert trial.shop.catalogue == {"A01": OIL}


def test_importing_the_same_again_changes_nothing() -> None:
    Trial().do(imported(BRAKES), MONA).when(imported(BRAKES), MONA).then_nothing()


@pytest.mark.parametrize(
    ("item", "code", "field"),
    [
        (replace(OIL, code=" "), "code_needed", "code"),
        (replace(OIL, code="x" * 41), "too_long", "code"),
        (replace(OIL, text=""), "text_needed", "text"),
        (replace(OIL, text="x" * 201), "too_long", "text"),
        (replace(OIL, standard_hours=float("nan")), "number_wrong", "standard_hours"),
        (replace(OIL, standard_hours=1000.5), "number_wrong", "standard_hours"),
        (replace(OIL, price=-1), "number_wrong", "price"),
        (replace(OIL, parts_price=100_000_001), "number_wrong", "parts_price"),
        (replace(OIL, skill="a\u202eb"), "signs_wrong", "items"),
    ],
)
def test_an_item_must_make_sense(item: CatalogueItem, code: str, field: str) -> None:
    trial = Trial().when(imported(item), MONA).then_refused(code)
    assert trial.refused is not None
    assert trial.refused.fields == (field,)


def test_a_code_stands_once_in_an_import() -> None:
    Trial().when(imported(OIL, replace(BRAKES, code="A01")), MONA).then_refused("code_twice")


def test_the_catalogue_is_bounded() -> None:
    """Falls over without `> MOST_ITEMS` in `board/core/rules/catalogue.py`."""
    full = tuple(replace(OIL, code=f"A{n}") for n in range(MOST_ITEMS))
    trial = Trial().do(imported(*full), MONA)
    trial.when(imported(BRAKES), MONA).then_refused("catalogue_full")
    trial.do(imported(replace(OIL, code="A7", price=1)), MONA)
    trial.do(imported(BRAKES, replaces=True), MONA)


def test_only_a_manager_imports() -> None:
    for who in (ANNA, CARL):
        Trial().when(imported(OIL), who).then_refused("not_allowed")


def test_a_line_with_a_code_takes_the_rest_from_the_catalogue() -> None:
    trial = stocked().do(c.AddLine(job="j1", code="B10", technicians=("tom",)), ANNA)
    line = trial.job().lines[0]
    assert (line.code, line.text, line.standard_hours) == ("B10", "Front brake pads", 1.2)
    assert (line.price, line.parts_price, line.kind) == (38_000, 52_000, "repair")
    assert (line.skill, line.bay_kind, line.technicians) == ("brakes", BayKind.general, ("tom",))


def test_what_is_said_goes_before_what_the_catalogue_says() -> None:
    command = c.AddLine(job="j1", code="B10", text="Rear pads", standard_hours=2, price=0)
    line = stocked().do(command, ANNA).job().lines[0]
    assert (line.code, line.text, line.standard_hours) == ("B10", "Rear pads", 2)
    assert (line.price, line.parts_price) == (0, 52_000)


def test_a_code_that_the_catalogue_does_not_have_is_kept_but_needs_a_text() -> None:
    trial = stocked().when(c.AddLine(job="j1", code="X9"), ANNA).then_refused("text_needed")
    trial.do(c.AddLine(job="j1", code="X9", text="Weld"), ANNA)
    assert trial.job().lines[0].code == "X9"


def test_a_line_stays_as_it_was_when_the_catalogue_changes() -> None:
    trial = stocked().do(c.AddLine(job="j1", code="B10"), ANNA)
    trial.do(imported(OIL, replaces=True), MONA)
    assert trial.job().lines[0].price == 38_000


def changed(**more: object) -> c.ChangeItem:
    """The oil service, changed."""
    facts = {"code": "A01", "text": "Oil service", "standard_hours": 0.6, "price": 12_000}
    return c.ChangeItem(**{**facts, "parts_price": 26_050, **more})  # type: ignore[arg-type]


def test_one_item_is_changed_and_lines_made_from_it_stay() -> None:
    trial = stocked().do(c.AddLine(job="j1", code="A01"), ANNA)
    trial.do(changed(text=" Oil and filter ", price=13_500, bay_kind=BayKind.general), MONA)
    item = trial.shop.catalogue["A01"]
    assert (item.text, item.price, item.bay_kind) == ("Oil and filter", 13_500, BayKind.general)
    assert trial.shop.catalogue["B10"] == BRAKES
    assert (trial.job().lines[0].text, trial.job().lines[0].price) == ("Oil service", 12_000)
    stocked().when(changed(), MONA).then_nothing()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"code": "X9"}, "unknown_item"),
        ({"text": " "}, "text_needed"),
        ({"price": -1}, "number_wrong"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(more: dict[str, object], code: str) -> None:
    stocked().when(changed(**more), MONA).then_refused(code)


def test_one_item_is_withdrawn_and_lines_made_from_it_stay() -> None:
    trial = stocked().do(c.AddLine(job="j1", code="A01"), ANNA)
    trial.do(c.WithdrawItem(code="A01"), MONA)
    assert trial.shop.catalogue == {"B10": BRAKES}
    assert trial.job().lines[0].code == "A01"
    trial.when(c.WithdrawItem(code="A01"), MONA).then_refused("unknown_item")
