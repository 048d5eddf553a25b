"""Who stands behind a phone link: the job it means, whether its code was typed, how often.

Links are proved, not looked up, so a right one is never kept waiting for the guesses of others.
"""

import hmac
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from board.core.job import Job
from board.core.roles import Actor, Role
from board.desk import Desk
from board.phone_links import code_of, is_alive, is_code, job_of, opened_of
from board.web.checks import few_tries, forget_tries, not_too_often
from board.web.cookies import PHONE, cookie_of, is_secure, name_over
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.limits import address

_WEEK_SECONDS = 7 * 86400


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a link that is right and lives. `opened`: this browser has typed the code.

    `said`: the part of the address that names a language, '' where the browser's own is spoken.
    """

    desk: Desk
    job: Job
    token: str
    opened: bool
    said: str
    given: bytes

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"/track/{self.token}"

    @property
    def actor(self) -> Actor:
        """The customer, as the desk knows them."""
        return Actor("customer", self.job.id, "", frozenset({Role.customer}), "phone")

    @property
    def photos(self) -> frozenset[str]:
        """The photos of extra work that the customer was asked about at any time."""
        extras = [line.extra for line in self.job.lines if line.extra]
        asked = [extra for extra in extras if extra.asked_at is not None or extra.decisions]
        return frozenset(name for extra in asked for name in extra.photos)


def guest_of(doors: Doors, request: Request) -> Guest:
    """Return whose page is asked for.

    Stopped (404) for every link that does not work, whatever the reason; (429) for too many.
    """
    token = request.path_params["token"]
    linked = job_of(doors.phone_secret, token)
    desk = doors.desk_of(linked.shop_id) if linked else None
    job = desk.shop.jobs.get(linked.job_id) if linked and desk else None
    if not linked or not desk or not job or not is_alive(job, linked.link_round, desk.now()):
        not_too_often(doors, doors.limits.phone_link, address(request.scope))
        raise Stopped(404, "phone_link_over")
    not_too_often(doors, doors.limits.phone, f"{desk.shop.id}:{job.id}")
    given = cookie_of(request, PHONE).encode()
    wished = request.query_params.get("language", "")
    said = f"?language={wished}" if wished in doors.languages.available else ""
    opened = hmac.compare_digest(given, _proof(doors, desk, job))
    return Guest(desk, job, token, opened, said, given)


def still(doors: Doors, guest: Guest) -> Guest | None:
    """The same guest as of now; None when the link works no more."""
    desk, linked = guest.desk, job_of(doors.phone_secret, guest.token)
    job = desk.shop.jobs.get(guest.job.id)
    if linked is None or job is None or not is_alive(job, linked.link_round, desk.now()):
        return None
    opened = hmac.compare_digest(guest.given, _proof(doors, desk, job))
    return replace(guest, job=job, opened=opened)


def _proof(doors: Doors, desk: Desk, job: Job) -> bytes:
    return opened_of(doors.phone_secret, desk.shop.id, job.id, job.code_round).encode()


async def try_code(doors: Doors, request: Request, guest: Guest, given: str) -> bool:
    """Whether `given` is the code. Tries are few for a job and for an address; Stopped (429)."""
    desk, job = guest.desk, guest.job
    tries = {
        f"phone {job.id}:{job.code_round}": doors.limits.phone_code,
        f"phones {address(request.scope)}": doors.limits.phone_codes,
    }
    await few_tries(doors, desk.shop.id, tries)
    if not is_code(given, code_of(doors.phone_secret, desk.shop.id, job.id, job.code_round)):
        return False
    await forget_tries(doors, desk.shop.id, tries)
    return True


def let_guest_in(doors: Doors, request: Request, guest: Guest, answer: Response) -> None:
    """Give this browser the cookie of a typed code, for this page alone."""
    answer.set_cookie(
        name_over(request, PHONE),
        _proof(doors, guest.desk, guest.job).decode(),
        max_age=_WEEK_SECONDS,
        path=guest.path,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )
