"""A running shop with something on every page: the cars of a day, each named by where it stands."""

from collections.abc import Mapping
from typing import Any

from tests.e2e.running import RunningShop

_AT = "2026-11-21T{}:00+08:00"
_WISH = {"work": "tyres", "codes": ["W1"], "technician": "tom", "bay_kind": "general"}
_SHEET = {"fuel": 3, "lamps": ["abs"], "wash": True, "waiting": True,
    "marks": [{"kind": "scratch", "x": 0.3, "y": 0.05, "note": "deep"}]}  # fmt: skip


def day_of(shop: RunningShop) -> Mapping[str, str]:
    """Let the day happen; the jobs by what they are good for."""
    settings = {"name": "Test Motors", "language": "en", "phone": "010-5550 1234"}
    shop.do("set_up_shop", settings=settings)
    shop.do("import_catalogue", items=[{"code": "W1", "text": "wipers", "price": 2000}])
    shop.do("open_day")
    shop.do("start_indirect", code="meeting", technician="lee")
    return {
        "working": _working(shop),
        "check": _checked(shop, "京A30003"),
        "gone": _handed_over(shop, "京A40004"),
        "ready": _ready(shop, "京A50005"),
        "receiving": _receiving(shop),
        "waiting": shop.receive("京A70007"),
        "held": _held(shop),
        "booked": _booked(shop),
        "line": _in_line(shop),
    }


def _working(shop: RunningShop) -> str:
    job = shop.receive("京AD12345")
    shop.do("promise_job", job=job, at=_AT.format("15:30"))
    shop.do("promise_job", job=job, at=_AT.format("16:40"), reason="parts")
    shop.do("flag_job", job=job, add=["waiting", "vip", "loaner"], remove=[])
    shop.do("add_line", job=job, text="rear brakes", standard_hours=0.5)
    shop.do("dispatch_job", job=job, bay="1", technicians=["tom", "tina"])
    shop.do("start_line", job=job, line="1", technician="tom")
    shop.do("propose_line", job=job, text="coolant pump", note="leaks", standard_hours=2.0)
    shop.do("price_line", job=job, line="2", price=8000, parts_price=12000)
    shop.do("ask_customer", job=job)
    for text in ("Seal", "Cable"):
        shop.do("request_part", job=job, line="1", text=text, number="9-1", quantity=2)
    shop.do("order_part", job=job, line="1", part="1", expected=_AT.format("15:00"))
    shop.do("call_help", kind="technical", job=job)
    shop.do("call_help", kind="safety", bay="3")
    return job


def _finished(shop: RunningShop, plate: str) -> str:
    job = shop.receive(plate)
    shop.do("dispatch_job", job=job, bay="2", technicians=["tina"])
    shop.do("start_line", job=job, technician="tina")
    shop.do("finish_line", job=job, technician="tina")
    return job


def _checked(shop: RunningShop, plate: str) -> str:
    """A car before the final check, after one that failed."""
    job = _finished(shop, plate)
    shop.do("pass_check", job=job, reason="so")
    shop.do("fail_check", job=job, defect="noise", lines=["1"], note="left")
    shop.do("start_line", job=job, technician="tina")
    shop.do("finish_line", job=job, technician="tina")
    for _ in range(2):
        shop.do("pass_check", job=job, reason="so")
    shop.do("start_road_test", job=job, km=100)
    shop.do("end_road_test", job=job, km=104)
    return job


def _ready(shop: RunningShop, plate: str) -> str:
    job = _finished(shop, plate)
    for _ in range(3):
        shop.do("pass_check", job=job, reason="so")
    shop.do("move_job", job=job, to="washing")
    shop.do("move_job", job=job, to="awaiting_settlement")
    shop.do("settle_job", job=job, charges=900, charges_reason="disposal")
    shop.do("move_job", job=job, to="ready")
    shop.do("pay_job", job=job, means="wechat", amount=500)
    shop.do("pay_job", job=job, means="cash", amount=400)
    shop.do("tick_handover", job=job, point="advice")
    shop.do("issue_gate_pass", job=job)
    return job


def _handed_over(shop: RunningShop, plate: str) -> str:
    job = _ready(shop, plate)
    shop.do("move_job", job=job, to="delivered")
    return job


def _receiving(shop: RunningShop) -> str:
    made: Mapping[str, Any] = shop.do("receive_job", car={"plate": "京A60006"}, asked="oil")
    job = str(made["job"])
    shop.do("save_sheet", job=job, sheet=_SHEET, mileage=4210)
    return job


def _held(shop: RunningShop) -> str:
    job = shop.receive("京A80008")
    shop.do("hold_job", job=job, hold="parts_order", expected=_AT.format("15:10"))
    return job


def _booked(shop: RunningShop) -> str:
    car = {"plate": "京A90009"}
    job = str(shop.do("book_job", job="booked", car=car, booked_for=_AT.format("16:00"))["job"])
    shop.do("change_booking", job=job, kind="service", appointment=_WISH)
    shop.do("tick_preparation", job=job, task="parts_picked", reason="so")
    return job


def _in_line(shop: RunningShop) -> str:
    shop.do("switch_peak", on=True)
    return str(shop.do("take_ticket", job="line", car={"plate": "京A10010"})["job"])
