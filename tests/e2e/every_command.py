"""A day in which every command happens at least once, told as steps on a running shop."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from board.codec import plain
from board.core.workflow_shipped import SHIPPED
from tests.e2e.running import RunningShop, until

Step = Callable[[], object]
FAR = timedelta(hours=5)


class Day:
    """The steps of the day; `now` is the shop's time when it begins."""

    def __init__(self, shop: RunningShop, now: datetime) -> None:
        self.shop = shop
        self.now = now
        self.done: set[str] = set()

    def ask(self, name: str, **body: object) -> dict[str, object]:
        """Ask for a command and remember that it happened."""
        self.done.add(name)
        return self.shop.do(name, **body)

    def at(self, **span: float) -> str:
        """A time from the beginning of the day on."""
        return (self.now + timedelta(**span)).isoformat()

    def steps(self) -> Iterator[Step]:
        """One after the other; the screens are compared after each."""
        yield from self._set_up()
        yield from self._arrive()
        yield from self._receive()
        yield from self._work()
        yield from self._checks()
        yield from self._hand_over()
        yield from self._day()
        yield from self._bays()

    def _day(self) -> Iterator[Step]:
        ask, tomorrow = self.ask, self.at(days=2)
        yield lambda: ask("mark_absent", person="tom", start=self.at(hours=-1), end=tomorrow)
        yield lambda: ask("end_absence", person="tom")
        yield lambda: ask("open_day")
        yield lambda: ask("receive_job", job="j3", car={"plate": "京A44444"}, asked="tyres")
        yield lambda: ask("decide_carry_over", job="j3", choice="tomorrow", promise=tomorrow)
        yield lambda: ask("close_day")
        yield lambda: ask("reopen_day", reason="one more car")

    def _set_up(self) -> Iterator[Step]:
        ask = self.ask
        settings = {"name": "Test Motors 2", "language": "en", "unclaimed_seconds": 1}
        settings["no_show_seconds"] = 1
        settings["calls"] = {"others_answer_seconds": 1, "answer_seconds": {"safety": 1}}
        yield lambda: ask("set_up_shop", settings={**settings, "question_seconds": 2})
        yield lambda: ask("set_up_bay", bay={"id": "9", "name": "9"})
        yield lambda: ask("remove_bay", bay="9")
        person = {"id": "max", "name": "Max", "roles": ["technician"]}
        yield lambda: ask("set_up_person", person=person)
        yield lambda: ask("remove_person", person="max")
        flow = {"settings": {**settings, "question_seconds": 2}, "left_out": []}
        yield lambda: ask("import_shop", **flow)
        yield lambda: ask("set_up_checks", book={"own_work": "with_reason"})

    def _arrive(self) -> Iterator[Step]:
        ask = self.ask
        wish = {"work": "tyres", "codes": ["T1"], "technician": "tom", "bay_kind": "general"}
        yield lambda: ask(
            "book_job", job="j7", car={"plate": "京A77777"}, booked_for=self.at(hours=3)
        )
        yield lambda: ask("change_booking", job="j7", kind="service", appointment=wish)
        yield lambda: ask("tick_preparation", job="j7", task="parts_picked", reason="test")
        yield lambda: ask("switch_peak", on=True)
        yield lambda: ask("take_ticket", job="j8", car={"plate": "京A88888"})
        yield lambda: ask("arrive_job", job="j7")
        yield lambda: ask("call_next")
        yield lambda: ask("pass_ticket", job="j8")
        yield lambda: ask("return_ticket", job="j8")
        yield lambda: ask("call_ticket", job="j8")
        yield lambda: ask("switch_peak", on=False)
        yield lambda: ask("cancel_job", job="j8", reason="customer left")
        yield lambda: ask("cancel_job", job="j7", reason="customer left")

    def _receive(self) -> Iterator[Step]:
        ask, shop = self.ask, self.shop
        yield lambda: ask("receive_job", job="j1", car={"plate": "京A22222"}, asked="brakes")
        yield self._received_and_booked
        yield lambda: until(lambda: shop.job("京A11111")["state"] == "no_show")
        yield lambda: ask("describe_job", job="j1", asked="front brakes", keys="12")
        yield lambda: ask("promise_job", job="j1", at=self.at(hours=5))
        yield lambda: ask("promise_job", job="j1", at=self.at(hours=6), reason="parts")
        yield lambda: ask("flag_job", job="j1", add=["waiting", "vip"], remove=[])
        yield lambda: ask("flag_job", job="j1", add=[], remove=["vip"])
        yield lambda: ask("add_line", job="j1", text="front brakes")
        yield lambda: ask("add_line", job="j1", text="rear brakes", standard_hours=0.5)
        mark = {"kind": "scratch", "x": 0.3, "y": 0.05, "note": "deep"}
        sheet = {"fuel": 3, "lamps": ["abs"], "marks": [mark], "wash": True, "waiting": True}
        yield lambda: ask("save_sheet", job="j1", sheet=sheet, mileage=4210)
        yield lambda: ask("sign_order", job="j1", strokes="10,20 30,40;50,60 70,80")
        yield lambda: ask("undo_move", job="j1")
        yield lambda: ask("move_job", job="j1", to="awaiting_dispatch")
        yield lambda: ask("move_job", job="j2", to="awaiting_dispatch")
        yield lambda: ask("cancel_job", job="j2", reason="customer left")

    def _received_and_booked(self) -> object:
        """A car is here, and another one is expected in a moment of the shop's own time."""
        self.ask("receive_job", job="j2", car={"plate": "京A33333"}, asked="oil")
        now = datetime.fromisoformat(self.shop.job("京A33333")["opened_at"])
        soon = (now + timedelta(seconds=2)).isoformat()
        return self.ask("book_job", car={"plate": "京A11111"}, booked_for=soon)

    def _work(self) -> Iterator[Step]:
        ask = self.ask
        yield from self._agreed()
        yield lambda: ask("dispatch_job", job="j1", bay="1", technicians=["tom", "tina"])
        yield lambda: ask("place_car", job="j1", where="parking", spot="B09")
        yield lambda: ask("start_indirect", code="meeting", technician="tom")
        yield self._indirect_corrected
        yield lambda: ask("stop_indirect", technician="tom")
        yield lambda: ask("start_line", job="j1", line="1", technician="tom")
        yield lambda: ask("start_line", job="j1", line="2", technician="tina")
        yield lambda: ask("finish_line", job="j1", line="1", technician="tom")
        yield lambda: ask("start_line", job="j1", line="4", technician="tom")
        yield from self._calls()
        yield lambda: ask("supply_line", job="j1", line="2", parts="requested")
        yield lambda: ask("supply_line", job="j1", line="2", parts="issued")
        yield from self._parts()
        yield lambda: ask("pause_line", job="j1", line="2", technician="tina")
        yield lambda: ask("finish_line", job="j1", line="4", technician="tom")
        yield self._clock_corrected
        yield lambda: ask("hold_job", job="j1", hold="technical_help", expected=self.at(seconds=90))
        yield lambda: ask("resume_job", job="j1")
        yield lambda: ask("start_line", job="j1", line="2", technician="tina")
        yield lambda: ask("finish_line", job="j1", line="2", technician="tina")

    def _agreed(self) -> Iterator[Step]:
        """Lines from the catalogue, and what the customer says to extra work."""
        ask = self.ask
        item = {"code": "W1", "text": "wipers", "price": 2000}
        yield lambda: ask("import_catalogue", items=[item, {**item, "code": "W2"}])
        yield lambda: ask("change_item", code="W2", text="wiper arms")
        yield lambda: ask("withdraw_item", code="W2")
        yield lambda: ask("add_line", job="j1", code="W1", proposed=True)
        yield lambda: ask("change_line", job="j1", line="3", price=2500)
        yield lambda: ask("price_line", job="j1", line="3", price=8000, parts_price=12000)
        yield lambda: ask("ask_customer", job="j1")
        declined = {"approved": False, "how": "phone_call", "said_by": "the owner"}
        yield lambda: ask("decide_line", job="j1", line="3", **declined)
        yield lambda: ask("propose_line", job="j1", text="coolant pump", standard_hours=8.0)
        yield lambda: ask("price_line", job="j1", line="4", price=0, parts_price=0)
        agreed = {"approved": True, "how": "in_person", "said_by": "the owner"}
        yield lambda: ask("decide_line", job="j1", line="4", **agreed)
        yield lambda: ask("keep_promise", job="j1")
        yield lambda: ask("renew_code", job="j1")
        yield lambda: ask("renew_link", job="j1")
        yield lambda: ask("note_job", job="j1", note="rust at the sill")
        yield lambda: ask("add_line", job="j1", text="polish")
        yield lambda: ask("withdraw_line", job="j1", line="5")

    def _calls(self) -> Iterator[Step]:
        ask, shop = self.ask, self.shop
        yield lambda: ask("call_help", kind="parts", job="j1")
        yield lambda: ask("undo_call", call="1")
        yield lambda: ask("call_help", kind="technical", job="j1")
        yield lambda: ask("answer_call", call="2")
        yield lambda: ask("reach_call", call="2")
        yield lambda: ask("close_call", call="2")
        yield lambda: ask("call_help", kind="safety", bay="3")
        yield lambda: until(lambda: len(shop.board()["calls"][0]["escalated"]) == 2)

    def _parts(self) -> Iterator[Step]:
        ask = self.ask
        part = {"job": "j1", "line": "2", "part": "1"}
        yield lambda: ask("request_part", job="j1", line="2", text="Seal", number="9-1", quantity=2)
        yield lambda: ask("order_part", **part, expected=self.at(hours=2))
        yield lambda: ask("pick_part", **part)
        yield lambda: ask("report_wrong_part", **part, why="too short")
        yield lambda: ask("issue_part", **part, receiver="tina")
        yield lambda: ask("return_part", **part)
        yield lambda: ask("request_part", job="j1", line="2", text="Cable")
        yield lambda: ask("cancel_part", job="j1", line="2", part="2")

    def _clock_corrected(self) -> object:
        clock = self.shop.job("京A22222")["lines"][1]["clocks"][0]
        started = datetime.fromisoformat(clock["started_at"])
        ended = (started + timedelta(microseconds=1)).isoformat()
        what = {"job": "j1", "line": "2", "technician": "tina", "reason": "test"}
        return self.ask("correct_clock", **what, started_at=clock["started_at"], ended_at=ended)

    def _indirect_corrected(self) -> object:
        """The meeting began a moment earlier."""
        people = self.shop.board()["technicians"]
        clock = next(one["indirect"] for one in people if one["id"] == "tom")
        begins = datetime.fromisoformat(clock["started_at"]) - timedelta(seconds=1)
        about = {"technician": "tom", "started_at": clock["started_at"], "reason": "test"}
        return self.ask("correct_indirect", **about, begins_at=begins.isoformat())

    def _checks(self) -> Iterator[Step]:
        ask = self.ask
        yield lambda: ask("pass_check", job="j1", reason="test")
        yield lambda: ask("fail_check", job="j1", defect="noise", lines=["2"])
        yield lambda: ask("start_line", job="j1", technician="tina")
        yield lambda: ask("finish_line", job="j1", technician="tina")
        yield lambda: ask("pass_check", job="j1", reason="test")
        yield lambda: ask("pass_check", job="j1")
        yield lambda: ask("mark_point", job="j1", point="lamps_out", reason="test")
        yield lambda: ask("link_comeback", job="j1", comeback_of="j2", reason="test")
        yield lambda: ask("start_road_test", job="j1", km=100)
        yield lambda: ask("end_road_test", job="j1", km=104)
        yield lambda: ask("pass_check", job="j1")

    def _hand_over(self) -> Iterator[Step]:
        ask, shop = self.ask, self.shop
        yield lambda: ask("move_job", job="j1", to="washing")
        yield lambda: ask("move_job", job="j1", to="awaiting_settlement")
        yield lambda: ask("settle_job", job="j1", charges=900, charges_reason="disposal")
        yield lambda: ask("move_job", job="j1", to="ready")
        yield lambda: ask("pay_job", job="j1", means="wechat", amount=900)
        yield lambda: ask("tick_handover", job="j1", point="advice")
        yield lambda: ask("issue_gate_pass", job="j1")
        yield lambda: until(lambda: shop.job("京A22222")["state"] == "unclaimed")
        yield self._through_the_gate
        yield lambda: ask("move_job", job="j1", to="delivered")
        yield lambda: ask("merge_cars", kept="j1", merged="j2")
        yield lambda: ask("part_cars", car="j1")
        yield lambda: ask("erase_car", jobs=["j2"])

    def _through_the_gate(self) -> object:
        return self.ask("use_gate_pass", code=self.shop.job("京A22222")["gate_pass"]["code"])

    def _bays(self) -> Iterator[Step]:
        ask = self.ask
        yield lambda: ask("change_bay", bay="4", state="maintenance")
        yield lambda: ask("change_bay", bay="4", state="open")
        yield lambda: ask("choose_workflow", workflow=plain(SHIPPED.without(("preparing",))))
