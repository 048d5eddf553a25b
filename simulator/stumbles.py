"""What makes work stand still, as data: cause, hold reason, what is noted, how long it takes.

Late and wrong parts and extra work have a way of their own in `labour`.
"""

from dataclasses import dataclass

from simulator.crew import Crew
from simulator.plan import Trouble


@dataclass(frozen=True, slots=True)
class Stumble:
    """A hold that follows from a cause; `least` and `most` are minutes until its owner ends it."""

    hold: str
    note: str
    least: float
    most: float


STUMBLES: dict[Trouble, Stumble] = {
    Trouble.technical_help: Stumble("technical_help", "", 15, 30),
    Trouble.slow_counter: Stumble("parts_issue", "件在库，等出库", 8, 20),
    Trouble.unpriced_work: Stumble("quote", "待报价：底盘护板", 10, 25),
    Trouble.under_warranty: Stumble("warranty", "索赔申请已提交厂家", 25, 60),
    Trouble.insured_damage: Stumble("insurer", "等保险公司定损", 30, 70),
    Trouble.broken_lift: Stumble("bay", "举升机故障，等换工位", 15, 40),
    Trouble.missing_tool: Stumble("equipment", "专用工具被占用", 10, 30),
    Trouble.called_away: Stumble("technician", "技师临时外出救援", 25, 50),
    Trouble.sent_out: Stumble("sublet", "轮毂修复外协", 60, 110),
    Trouble.other_trade: Stumble("next_trade", "机修完，等电工接手", 15, 40),
    Trouble.faint_noise: Stumble("road_test", "异响只在路上出现，等试车", 10, 30),
    Trouble.lunch: Stumble("break", "", 30, 45),
    Trouble.high_voltage: Stumble("safety", "高压断电确认前不得作业", 15, 30),
    Trouble.lost_key: Stumble("other", "找不到轮胎防盗螺栓套筒", 10, 25),
}
"""By cause. A blank note is the visit's own."""

_BY_REASON = {stumble.hold: stumble for stumble in STUMBLES.values()}
_ADVISORS = frozenset({"approval", "quote", "warranty", "insurer", "sublet"})
_LEADERS = frozenset({"technical_help", "safety"})


def patience_of(reason: str) -> tuple[float, float]:
    """Minutes, least and most, until the owner of a hold ends it."""
    stumble = _BY_REASON.get(reason)
    return (stumble.least, stumble.most) if stumble else (15, 30)


def owner_of(reason: str, crew: Crew, advisor: str, technician: str) -> str:
    """Who ends a hold with that reason; a break ends with whoever takes it."""
    if reason.startswith("parts"):
        return crew.parts
    if reason in _ADVISORS:
        return advisor
    if reason in _LEADERS:
        return crew.leader
    if reason == "road_test":
        return crew.inspector
    return technician if reason == "break" and technician else crew.controller
