"""The walk round the car and the customer's signature, as an advisor's tablet sends them."""

from random import Random

from simulator.http import Json, objects
from simulator.photos import photo
from simulator.plan import Visit
from simulator.walk import Walk
from simulator.words import BELONGINGS, DAMAGE, Damage

_OVERTAKEN = ("not_here", "reason_needed")
_SIGNED_BEFORE = ("no_way", "job_held", "job_closed")
_PAYMENTS = ("wechat", "alipay", "card", "cash")
_LAMPS = ("engine", "tyres", "service", "brakes")
_MARKS = (0, 0, 0, 1, 1, 2)
"""How much damage the cars of a shop have."""


async def walk_round(walk: Walk, job: Json) -> None:
    """Note what is seen on the car and agreed with the customer, once."""
    if job.get("reception"):
        return
    sheet = sheet_of(walk.visit)
    for mark in objects(sheet["marks"]):
        mark["photos"] = await photo(walk, walk.advisor, str(mark["kind"]))
    await walk.act(walk.advisor, "save_sheet", *_OVERTAKEN, sheet=sheet, mileage=walk.visit.mileage)


def sheet_of(visit: Visit) -> Json:
    """What the walk round this visit's car finds: the same each time it is asked."""
    random = Random(f"sheet:{visit.id}")
    has_lamp = random.random() < 0.2
    return {
        "fuel": random.randint(1, 8),
        "lamps": [random.choice(_LAMPS)] if has_lamp else [],
        "items": random.choice(BELONGINGS),
        "marks": [_mark(one) for one in random.sample(DAMAGE, random.choice(_MARKS))],
        "wash": "no_wash" not in visit.flags,
        "old_parts": random.random() < 0.3,
        "waiting": "waiting" in visit.flags,
        "payment": random.choice(_PAYMENTS),
    }


def _mark(damage: Damage) -> Json:
    return {"kind": damage.kind, "x": damage.x, "y": damage.y, "note": damage.note}


async def sign(walk: Walk) -> None:
    """The customer signs on the tablet; some would rather sign the paper."""
    signed: Json = {"strokes": _strokes(walk.random)}
    if walk.random.random() < 0.15:
        signed = {"on_paper": True, "paper": f"W{walk.random.randrange(1000, 9999)}"}
    signer = walk.visit.customer
    await walk.act(walk.advisor, "sign_order", *_SIGNED_BEFORE, signer=signer, **signed)


def _strokes(random: Random) -> str:
    """Two strokes from left to right, in thousandths of the field's width."""
    return ";".join(
        " ".join(f"{x},{random.randrange(80, 240)}" for x in range(begin, begin + 300, 60))
        for begin in (120, 480)
    )
