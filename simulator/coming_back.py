"""A car that was here before: it comes when it has gone, and the advisor knows it again."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from simulator.day import rounded
from simulator.http import is_object
from simulator.plan import Back, Why
from simulator.walk import Walk

_LOOK_MINUTES = 10.0
_LAST, _FIRST = time(17, 0), time(8, 30)


async def until_it_can_come(walk: Walk) -> None:
    """Wait until the earlier visit is over; what was planned for later moves along."""
    back = walk.visit.back
    if back is None:
        return
    await walk.play.time.until(walk.visit.arrives)
    while not await _is_over(walk, back):
        await walk.play.time.minutes(_LOOK_MINUTES)
        await walk.within_hours()
    now = walk.play.time.now()
    if now.time() > _LAST:
        await walk.play.time.until(datetime.combine(now + timedelta(days=1), _FIRST, now.tzinfo))
    now = max(walk.play.time.now(), walk.visit.arrives)
    promise = rounded(walk.visit.promise + (now - walk.visit.arrives))
    walk.visit = replace(walk.visit, arrives=now, promise=promise)


async def _is_over(walk: Walk, back: Back) -> bool:
    body = await walk.person(walk.advisor).read(f"/api/v1/jobs/{back.visit}")
    job = body.get("job")
    return is_object(job) and job.get("closed_at") is not None


async def know_it_again(walk: Walk) -> None:
    """The advisor links the order to the one before, or makes one file of two plates."""
    back = walk.visit.back
    if back is None or walk.is_known_again:
        return
    walk.is_known_again = True
    walk.play.happened[back.why] += 1
    if back.why == Why.not_mended:
        await walk.act(walk.advisor, "link_comeback", comeback_of=back.visit)
        return
    files = {"kept": back.visit, "merged": walk.visit.id}
    await walk.person(walk.advisor).do("merge_cars", **files, reason="过户换牌，同一辆车")
