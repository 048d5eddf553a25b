"""A car that was here, with everything personal that a day brings, and what must not be found."""

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Car, Customer
from board.desk import Desk
from tests.builders import ANNA, CARL, TOM
from tests.desk.orders import granted

PLATE, VIN, NAME, PHONE = "粤B·7Q9X2", "LSVAU2180N2183294", "欧阳海棠", "13988664421"
SECRETS = (
    "粤B7Q9X2",
    VIN,
    NAME,
    PHONE,
    "翡翠绿",
    "异响像猫叫",
    "蓝色挂件",
    "等他太太点头",
    "换前减震器",
    "婆婆来取",
    "院子后面老地方",
    "熟人老陈介绍",
    "老陈会修",
    "陈家编号",
)
"""What is personal in the visit, as the journal is given it."""


async def visited(desk: Desk, job: str = "j1") -> None:
    """The car came, was worked on and was given up; many words were said."""
    car = Car("粤B7Q9X2", VIN, "ID.4", "翡翠绿")
    for command, actor in (
        (
            c.ReceiveJob(
                job=job,
                car=car,
                customer=Customer(NAME, PHONE),
                asked="异响像猫叫",
                keys="蓝色挂件",
                parked_at="院子后面老地方",
            ),
            ANNA,
        ),
        (
            c.AddLine(
                job=job,
                text="换前减震器",
                kind="熟人老陈介绍",
                skill="老陈会修",
                code="陈家编号",
            ),
            ANNA,
        ),
        (c.MoveJob(job=job, to="awaiting_dispatch"), ANNA),
        (c.HoldJob(job=job, hold=HoldReason.other, note="等他太太点头"), CARL),
        (c.ResumeJob(job=job), CARL),
        (c.DispatchJob(job=job, bay="2", technicians=("tom",)), CARL),
        (c.StartLine(job=job), TOM),
        (c.PauseLine(job=job), TOM),
        (c.CancelJob(job=job, reason="婆婆来取"), CARL),
    ):
        granted(await desk.handle(command, actor))


def found_in(text: bytes) -> list[str]:
    """Which of the secrets stand in the text, in UTF-8 or as JSON and Python escape them."""
    return [
        secret
        for secret in SECRETS
        if secret.encode() in text
        or secret.encode("unicode_escape") in text
        or secret.encode("utf-16-le") in text
    ]
