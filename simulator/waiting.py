"""Cars that stand still: whoever owns the hold ends it in their time."""

from simulator.asking import ask
from simulator.http import Json, is_object
from simulator.parts_desk import supplied
from simulator.stumbles import owner_of, patience_of
from simulator.walk import Walk, technicians_of


async def held(walk: Walk, job: Json) -> None:
    """Whoever owns the hold ends it in their time."""
    found = job.get("hold")
    hold = found if is_object(found) else {}
    reason = str(hold.get("reason", ""))
    if reason in ("parts_order", "parts_wrong"):
        await supplied(walk, job, hold)
    elif reason in ("approval", "quote"):
        await ask(walk, job)
    else:
        await walk.minutes(*patience_of(reason))
    if walk.is_called_away:
        await walk.person(walk.play.crew.controller).do("end_absence", person=walk.technician)
    # What was waited for ends some holds by itself.
    if (await walk.look() or {}).get("hold"):
        await _resume(walk, job, reason)


async def _resume(walk: Walk, job: Json, reason: str) -> None:
    technicians = technicians_of(job)
    owner = owner_of(reason, walk.play.crew, walk.advisor, technicians[0] if technicians else "")
    await walk.act(owner, "resume_job", "job_not_held", "not_allowed")
