"""Who watches a cluster: screens of every audience at every process, each on a line of its own."""

import re
from dataclasses import dataclass, field

from board.accounts_sessions import Sessions, token_hash
from board.clock import real_now
from board.web.cookies import SESSION
from tests.e2e.watching import Visitor
from tests.faults.cluster import Cluster, ShopProcess
from tests.faults.follower import Follower, follower_of
from tests.faults.proxy import Proxy
from tests.servers.fair_clock import fair_seconds

PLACES = (
    ("board", "mona"),
    ("tv", "carl"),
    ("lounge", "mona"),
    ("tablet", "tom"),
    ("board", "lee"),
)
HOLDERS = ("tom",)
REVOKED_WITHIN_SECONDS = 2.0
"""The product promises one; the other is for a crowded machine."""


@dataclass
class Seat:
    """One screen: who sits where, and what became of it.

    `excused`: its line is not whole, what was said in time may come late. `blind`: its process
    cannot hear of a revocation until all is healed. `out`: how far the journal was when the
    promised second after the revocation was over; nothing beyond may ever come.
    """

    process: ShopProcess
    audience: str
    person: str
    line: Proxy
    token: str
    follower: Follower
    away: bool = False
    revoked_at: float | None = None
    excused: bool = False
    blind: bool = False
    out: tuple[str, int] | None = None

    @property
    def truth(self) -> str:
        """The name of what this screen must show."""
        return f"{self.audience}:{self.person if self.audience == 'tablet' else ''}"

    @property
    def is_due(self) -> bool:
        """Whether it is sent away for longer than is promised."""
        since = fair_seconds() - self.revoked_at if self.revoked_at is not None else 0.0
        return since > REVOKED_WITHIN_SECONDS

    def disturb(self) -> None:
        """Something holds its line up: it may hear late what was said before, nothing else."""
        self.excused = self.excused or not self.is_due

    def cover(self) -> None:
        """Something keeps the journal from its process."""
        self.blind = self.blind or not self.is_due

    def looked_on(self) -> str:
        """What came after it was to be out, in words; '' if nothing did."""
        if self.revoked_at is None or self.blind:
            return ""
        last, heard = self.follower.read(lambda told: (told.heard_at, list(told.heard)))
        late = last - self.revoked_at
        if late > REVOKED_WITHIN_SECONDS and not self.excused:
            return f"heard something after {late:.1f} s"
        if self.out is None:
            return ""
        beyond = [seq for _, epoch, seq in heard if epoch == self.out[0] and seq > self.out[1]]
        return f"was shown {beyond}, it was out at {self.out[1]}" if beyond else ""


class Seats:
    """Every screen of a cluster, and the manager who may send them away."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._sessions = Sessions(cluster.engine, real_now)
        self._shop = cluster.shop_id
        self.manager = _Manager(cluster, self._token("mona"))
        self.all = [
            self._take(process, audience, person)
            for process in cluster.processes
            for audience, person in PLACES
        ]

    def _token(self, person: str) -> str:
        return self._sessions.open_person(self._shop, person, "pin", "en")

    def _take(self, process: ShopProcess, audience: str, person: str) -> Seat:
        line = self._cluster.net.proxy(("127.0.0.1", process.shop.port))
        token = self._token(person)
        return Seat(
            process, audience, person, line, token, self._dialled(process, audience, line, token)
        )

    def _dialled(self, process: ShopProcess, audience: str, line: Proxy, token: str) -> Follower:
        visitor = Visitor(process.shop, f"{SESSION}={token}")
        return follower_of(self._cluster.net, visitor, audience, line).start()

    def note_who_is_out(self) -> None:
        """Remember how far the journal is for those whose promised second is over."""
        for seat in self.all:
            if seat.out is None and seat.is_due:
                seat.out = self._cluster.place()

    def heal(self) -> None:
        """Make every line whole and wake who sleeps."""
        for seat in self.all:
            seat.line.heal()
            seat.away = False
            seat.follower.start()

    def sit_down_again(self) -> None:
        """Give who was sent away a new session; called when all is compared."""
        for seat in self.all:
            seat.excused = seat.blind = False
            seat.out = None
            if seat.revoked_at is not None:
                seat.revoked_at = None
                seat.token = self._token(seat.person)
                seat.follower = self._dialled(seat.process, seat.audience, seat.line, seat.token)

    def stop(self) -> None:
        """Send everybody home."""
        for seat in self.all:
            seat.follower.sleep()


@dataclass
class _Manager:
    """Mona, who ends sessions at any process."""

    cluster: Cluster
    token: str
    pending: list[Seat] = field(default_factory=list)

    def revoke(self, process: ShopProcess, seat: Seat) -> bool:
        """End a screen's session; whether that was acknowledged."""
        visitor = Visitor(process.shop, f"{SESSION}={self.token}")
        try:
            page = visitor.request("GET", "/admin/set-up")[1]
            csrf = re.search(r'name="csrf"[^>]*value="([^"]+)"', page)
            if csrf is None:
                return False
            path = f"/admin/sessions/{token_hash(seat.token)}/revoke"
            status, _ = visitor.request("POST", path, {"csrf": csrf[1]})
        except OSError:
            return False
        if status not in (200, 303, 404):
            return False
        seat.revoked_at = fair_seconds()
        return True
