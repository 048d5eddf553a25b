"""Links to the customer's phone page and the shop's code: derived from the secret, never stored.

A link names its shop and job and proves that we made it; the code and the proof of having typed
it belong to one round, which ends when the advisor gives a new code.
"""

import hmac
import re
import unicodedata
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from board.core.job import Job
from board.core.personal import is_erased
from board.secret import derived

LIVES_AFTER_DELIVERY = timedelta(hours=72)
CODE_DIGITS = 6
_PROOF_LETTERS = 32
_LINK = re.compile(
    r"([a-z0-9-]{1,64})\.([a-z0-9-]{1,40})(?:\.([1-9][0-9]{0,5}))?\.([a-z2-7]{32})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Linked:
    """The job that a link means, the shop it belongs to, and how often it was given anew."""

    shop_id: str
    job_id: str
    link_round: int = 0


def token_of(secret: bytes, shop_id: str, job_id: str, link_round: int = 0) -> str:
    """The token of a job's phone page until its link is given anew: 160 bits nobody can guess.

    `secret` is the one the wiring derived for phones (`Doors.phone_secret`).
    """
    named = (shop_id, job_id, *([str(link_round)] if link_round else ()))
    return ".".join((*named, _proof(secret, "link", *named)))


def job_of(secret: bytes, token: str) -> Linked | None:
    """What a token means, or None when we did not make it. Whether it lives, `is_alive` says."""
    parts = _LINK.fullmatch(token)
    if parts is None:
        return None
    *named, proof = filter(None, parts.groups())
    # The proof is compared even for jobs we do not have: time tells nothing of what exists.
    if not hmac.compare_digest(proof, _proof(secret, "link", *named)):
        return None
    return Linked(named[0], named[1], int(parts[3] or 0))


def is_alive(job: Job, link_round: int, now: datetime) -> bool:
    """Whether a link of that round still works: the newest, until 72 hours after the order closed,
    unless the car's file was erased.
    """
    if link_round != job.link_round or is_erased(job.car.plate):
        return False
    return job.closed_at is None or now - job.closed_at < LIVES_AFTER_DELIVERY


def code_of(secret: bytes, shop_id: str, job_id: str, code_round: int) -> str:
    """The six digits that the shop says or sends; every round has others."""
    mark = _mark(secret, "code", shop_id, job_id, str(code_round))
    return f"{int.from_bytes(mark[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def is_code(given: str, code: str) -> bool:
    """Whether what somebody typed is the code; blanks and hyphens between digits do not count, nor
    does their width.
    """
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", given))
    return hmac.compare_digest(bare.encode(), code.encode())


def opened_of(secret: bytes, shop_id: str, job_id: str, code_round: int) -> str:
    """What the cookie of a phone holds that has typed the code of this round."""
    return _proof(secret, "opened", shop_id, job_id, str(code_round))


def _proof(secret: bytes, purpose: str, *parts: str) -> str:
    return b32encode(_mark(secret, purpose, *parts)).decode().lower()[:_PROOF_LETTERS]


def _mark(secret: bytes, purpose: str, *parts: str) -> bytes:
    key = derived(secret, f"phone {purpose}")
    return hmac.digest(key, "\n".join(parts).encode(), sha256)
