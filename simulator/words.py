"""What customers of a Chinese 4S shop bring and say: data of the simulated day."""

from dataclasses import dataclass

MODELS = ("E3", "S5", "X6", "M8")
COLOURS = ("白", "黑", "银", "灰", "红", "蓝")
REGIONS = (
    "京A",
    "京N",
    "京Q",
    "京H",
    "京L",
    "京P",
    "津C",
    "冀R",
    "沪B",
    "苏E",
    "鲁B",
    "粤B",
    "浙A",
    "川A",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
TITLES = ("先生", "女士")
PARKING = ("A1", "A2", "A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3", "C4")


@dataclass(frozen=True, slots=True)
class Errand:
    """Why a car comes: the customer's words, the lines (text, standard hours), the trade.

    `skill` is what a technician must have, `bays` the kinds of bay that will do, `kind` what
    the order is and so what is looked at in its checks.
    """

    asked: str
    lines: tuple[tuple[str, float], ...]
    skill: str = "机电"
    bays: tuple[str, ...] = ("general", "diagnosis")
    is_express: bool = False
    kind: str = "repair"


_EXPRESS = ("express",)
_NEW = ("new_energy",)
_SERVICE = "service"

EXPRESS = (
    Errand("首保，机油有点少", (("首次保养", 0.5),), "快保", _EXPRESS, True, _SERVICE),
    Errand(
        "一万公里保养",
        (("更换机油机滤", 0.5), ("全车检查", 0.2)),
        "快保",
        _EXPRESS,
        True,
        _SERVICE,
    ),
    Errand(
        "换机油，雨刮刮不干净",
        (("更换机油机滤", 0.5), ("更换雨刮片", 0.2)),
        "快保",
        _EXPRESS,
        True,
        _SERVICE,
    ),
    Errand("轮胎报警，补胎", (("补胎并动平衡", 0.6),), "快保", _EXPRESS, True),
)

GENERAL = (
    Errand("四万公里保养", (("四万公里保养", 1.2), ("更换制动液", 0.6)), kind=_SERVICE),
    Errand("空调不凉", (("空调系统检查", 0.5), ("更换空调滤芯加氟", 0.8))),
    Errand("前刹车异响", (("前制动检查", 0.4), ("更换前制动片", 0.9)), kind="brakes"),
    Errand("冷车启动抖动", (("发动机诊断", 0.7), ("更换火花塞", 0.8))),
    Errand("过减速带底盘异响", (("底盘检查", 0.5), ("更换平衡杆胶套", 1.1))),
    Errand("变速器漏油", (("变速器漏油检查", 0.6), ("更换油封", 1.8))),
    Errand("后备箱打不开", (("检修后备箱锁块", 0.8),)),
    Errand("蓄电池亏电，早上打不着火", (("电路静态电流检查", 0.6), ("更换蓄电池", 0.4))),
    Errand("左前大灯不亮", (("检修左前大灯线束", 0.9),)),
    Errand("六万公里保养，顺便看下漏冷却液", (("六万公里保养", 1.6), ("冷却系统测漏", 0.5))),
    Errand("后保险杠被蹭，抛光补漆", (("后保险杠抛光补漆", 1.2),), kind="body"),
)

ALIGNMENT = (
    Errand("高速跑偏", (("四轮定位", 1.0),), "四轮定位", ("alignment",)),
    Errand(
        "换两条轮胎再做定位", (("更换轮胎", 0.6), ("四轮定位", 1.0)), "四轮定位", ("alignment",)
    ),
)

NEW_ENERGY = (
    Errand("充电口盖不复位", (("检修充电口盖", 0.7),), "新能源", _NEW),
    Errand("续航掉得快，查电池", (("动力电池检测", 1.2), ("电池均衡", 1.0)), "新能源", _NEW),
    Errand("电车两万公里保养", (("新能源常规保养", 0.8), ("高压系统检查", 0.4)), "新能源", _NEW),
    Errand("快充充不进", (("充电系统诊断", 0.9), ("更换充电口温度传感器", 0.7)), "新能源", _NEW),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Work found on the way: what is to be done, standard hours, what the technician saw."""

    text: str
    hours: float
    note: str


EXTRA_WORK: dict[str, tuple[Finding, ...]] = {
    "机电": (
        Finding("更换前制动盘", 0.8, "前制动盘边缘起台，厚度到极限"),
        Finding("更换下摆臂胶套", 1.0, "左下摆臂后胶套开裂"),
        Finding("清洗节气门", 0.5, "节气门积碳多，怠速偏高"),
    ),
    "快保": (
        Finding("更换空气滤芯", 0.2, "空气滤芯很脏"),
        Finding("更换空调滤芯", 0.2, "空调滤芯发霉有异味"),
    ),
    "四轮定位": (Finding("更换横拉杆球头", 0.8, "右横拉杆球头松旷，先换再定位"),),
    "新能源": (
        Finding("更换电池冷却液", 0.6, "冷却液绝缘值偏低，需更换"),
        Finding("更换空调滤芯", 0.2, "空调滤芯发霉有异味"),
    ),
}
PARTS: dict[str, tuple[str, ...]] = {
    "机电": ("油封", "制动片", "火花塞", "水管", "胶套"),
    "快保": ("机滤", "雨刮片"),
    "四轮定位": ("轮胎", "球头"),
    "新能源": ("传感器", "充电口", "冷却水管"),
}
"""What is found on the way, and which parts run out, by trade."""
DEFECTS = (("leak", "油底仍有渗油"), ("noise", "试车仍有异响"), ("torque", "右前轮螺栓力矩不足"))
FINDINGS = ("加速、制动正常，无异响", "路试正常，方向不跑偏", "过坎无异响，怠速平稳")
HELP = ("故障码与资料不符，请看一下", "通讯中断，需要厂家支持", "间歇故障，复现不了")
PROMISE_REASONS = ("配件晚到，已电话告知客户", "客户同意增项", "客户临时有事，晚点来取")
CANCEL_REASONS = ("客户临时有事，改天再来", "客户嫌等太久")
BELONGINGS = ("", "", "行车记录仪", "儿童座椅", "雨伞、纸巾盒", "后备箱：高尔夫球包")
"""What lies in cars."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What was wrong with a car's skin before it came, and where on the outline (0 to 1)."""

    kind: str
    note: str
    x: float
    y: float


DAMAGE = (
    Damage("scratch", "前保险杠右角划痕", 0.08, 0.38),
    Damage("scratch", "右前门划痕", 0.42, 0.14),
    Damage("dent", "左后门小凹", 0.6, 0.86),
    Damage("paint", "右后翼子板掉漆", 0.88, 0.14),
    Damage("crack", "前挡风玻璃裂点", 0.34, 0.44),
)
_FITTED = ("更换", "保养", "补胎", "加氟")


def has_parts(text: str) -> bool:
    """Whether a line of work wants a part from the store."""
    return any(word in text for word in _FITTED)
