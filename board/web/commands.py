"""The one way from a request to the desk, shared by pages and programs.

Parses, asks, and says what came of it; how the answer looks is for the doors.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from prometheus_client import Counter
from starlette.requests import Request

from board.batches import KeyUsed
from board.codec import COMMANDS, Malformed, command_from
from board.core.commands import Command, IssueGatePass, NoteAccess, OpenJob, UseGatePass
from board.core.permissions import ASKERS
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES
from board.desk import Desk, Receipt
from board.ids import new_gate_code, new_id
from board.web.access import to_sign_out
from board.web.checks import desk_of, few_tries, forget_tries, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.health import COMMANDS_ASKED
from board.web.patience import not_for_ever
from board.web.photos_sent import photos_fault
from board.web.session import Signed

_KEY = re.compile(r"[!-~]{1,80}")
_JOB_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

# Only the doors of accounts write these, when something has really changed.
_NOT_FROM_OUTSIDE = frozenset({NoteAccess})

OFFERED: dict[str, type[Command]] = {
    name: kind
    for name, kind in COMMANDS.items()
    if kind not in _NOT_FROM_OUTSIDE and not ASKERS[kind].isdisjoint(PEOPLE_ROLES)
}
"""The commands that may be asked for from outside, by wire name: not those of time and sensors."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a command: `job` is the id that was asked about or made."""

    answer: Receipt | Refused
    job: str


def command_class(name: str) -> type[Command]:
    """Return the class of a wire name; hyphens are as good as underscores. Stopped (404)."""
    kind = OFFERED.get(name.replace("-", "_"))
    if kind is None:
        raise Stopped(404, "unknown_command", {"name": name[:60]})
    return kind


def before_asking(doors: Doors, request: Request) -> tuple[Signed, Desk]:
    """Return who asks and the desk; Stopped for strangers and for too many requests."""
    signed, desk = signed_of(request), desk_of(request)
    patient(doors, request)
    return signed, desk


async def ask(
    doors: Doors,
    request: Request,
    name: str,
    body: Mapping[str, object],
    key: str,
    *,
    strict: bool,
) -> Asked:
    """Make the command, hand it to the desk and return what came of it.

    `key` makes repeating safe, '' for none; it counts within the asker. Raises Malformed, Stopped.
    """
    signed, desk = signed_of(request), desk_of(request)
    kind = command_class(name)
    whole = _with_job(kind, body, desk)
    command = command_from(name.replace("-", "_"), whole, strict=strict)
    guesses = {}
    if kind is UseGatePass:
        guesses = {f"gate {signed.actor.label}": doors.limits.gate_code}
        await few_tries(doors, desk.shop.id, guesses)
    before = desk.shop.people
    try:
        async with not_for_ever():
            wrong = await photos_fault(doors, desk.shop.id, command)
            command_id = _command_id(signed, key, desk)
            answer = wrong or await desk.handle(command, signed.actor, command_id)
    except KeyUsed:
        raise Stopped(422, "key_used", fields=("command_id",)) from None
    if guesses and isinstance(answer, Receipt) and not answer.repeated:
        await forget_tries(doors, desk.shop.id, guesses)
    _counted(name.replace("-", "_"), _result(answer)).inc()
    if desk.shop.people is not before:
        for person in to_sign_out(before, desk.shop.people):
            await doors.access.end_person(desk.shop.id, person)
    if isinstance(answer, Receipt) and answer.repeated and issubclass(kind, OpenJob):
        return Asked(answer, await asyncio.to_thread(_opened, desk, answer.seq))
    return Asked(answer, str(whole.get("job", "")))


def _opened(desk: Desk, seq: int) -> str:
    """The job that an opening command opened, by the position of its last event."""
    return desk.journal.read(desk.shop.id, seq - 1, 1)[0].job_id or ""


def _with_job(kind: type[Command], body: Mapping[str, object], desk: Desk) -> dict[str, object]:
    whole = dict(body)
    if issubclass(kind, OpenJob):
        given = whole.setdefault("job", new_id(desk.now()))
        if not isinstance(given, str) or not _JOB_ID.fullmatch(given):
            raise Malformed("malformed", {"job": "1 to 40 of a-z, 0-9 and hyphen"})
    if issubclass(kind, IssueGatePass):
        whole["code"] = new_gate_code()
    return whole


def _command_id(signed: Signed, key: str, desk: Desk) -> str:
    if not key:
        return new_id(desk.now())
    if not _KEY.fullmatch(key):
        raise Stopped(422, "key_wrong", fields=("command_id",))
    # Within the asker: nobody can use up another's ids, or those of the timekeeper.
    return f"{signed.actor.kind[:1]}:{signed.actor.id[:36]}:{key}"


@cache
def _counted(name: str, result: str) -> Counter:
    return COMMANDS_ASKED.labels(name, result)


def _result(answer: Receipt | Refused) -> str:
    if isinstance(answer, Refused):
        return "refused"
    return "repeated" if answer.repeated else "granted"


def status_of(refused: Refused) -> int:
    """Return the status that tells a program what kind of refusal this is."""
    if refused.code == "not_allowed":
        return 403
    return 404 if refused.code.startswith("unknown_") else 409
