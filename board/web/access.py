"""Who is let in now: sessions and keys at hand for a second, and their end, told at once.

The asynchronous face of the accounts. Knows nothing of requests.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from board.accounts import Accounts
from board.accounts_sessions import Session, token_hash
from board.accounts_tokens import ApiToken
from board.core.commands import NoteAccess
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.shop import Person
from board.desk import Desk
from board.ids import new_id
from board.web.together import Together

KEPT_SECONDS = 1.0
KEPT = 4096

Watcher = Callable[[frozenset[str]], None]
Known = TypeVar("Known", Session, ApiToken)


class Access:
    """Looks sessions and keys up, ends them, and tells the watchers which sessions are over."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._kept: OrderedDict[str, tuple[float, Session | ApiToken]] = OrderedDict()
        self._met: OrderedDict[str, None] = OrderedDict()
        self._watchers: list[Watcher] = []
        self._ends = 0
        self._sessions = Together(self._read_sessions)
        self._doubted_sessions = Together(self._read_sessions)
        self._doubted_keys = Together(self._read_keys)

    def watch(self, watcher: Watcher) -> None:
        """Call `watcher` with the hashes of ended sessions, on the event loop, at once."""
        self._watchers.append(watcher)

    async def session(self, token: str, *, doubted: bool = False) -> Session | None:
        """Return the living session of a cookie's token.

        A doubted one waits with all doubted ones for a reading of their own, so that nobody else
        waits for them, and they are few readings however many they are.
        """
        hashed = token_hash(token)
        found = self._at_hand(hashed)
        if found is None:
            found = await (self._doubted_sessions if doubted else self._sessions).find(hashed)
        return found if isinstance(found, Session) else None

    async def api_token(self, secret: str, *, doubted: bool = False) -> ApiToken | None:
        """Return the key of a bearer's secret; a doubted one waits as a doubted session does."""
        hashed = token_hash(secret)
        found = self._at_hand(hashed)
        if found is None and doubted:
            found = await self._doubted_keys.find(hashed)
        elif found is None:
            found = (await self._read_keys((hashed,))).get(hashed)
        return found if isinstance(found, ApiToken) else None

    async def _read_sessions(self, hashes: Collection[str]) -> Mapping[str, Session]:
        return await self._read(self._accounts.sessions.find_all, hashes)

    async def _read_keys(self, hashes: Collection[str]) -> Mapping[str, ApiToken]:
        return await self._read(self._accounts.tokens.find_all, hashes)

    async def _read(
        self, find_all: Callable[[Collection[str]], Mapping[str, Known]], hashes: Collection[str]
    ) -> Mapping[str, Known]:
        ends = self._ends
        found = await asyncio.to_thread(find_all, hashes)
        for hashed in hashes:
            self._keep(hashed, found.get(hashed), ends)
        return found

    def has_met(self, secret: str) -> bool:
        """Whether this cookie's or bearer's secret was somebody's when it was last looked up."""
        return token_hash(secret) in self._met

    async def end_session(self, shop_id: str, hashed: str) -> frozenset[str]:
        """End one session; return what was open."""
        return self._ended(await asyncio.to_thread(self._accounts.sessions.revoke, shop_id, hashed))

    async def end_person(self, shop_id: str, person_id: str) -> frozenset[str]:
        """End every session of a person; return what was open."""
        sessions = self._accounts.sessions
        return self._ended(await asyncio.to_thread(sessions.revoke_person, shop_id, person_id))

    async def end_screen(self, shop_id: str, screen_id: str) -> frozenset[str]:
        """End every session of a screen; return what was open."""
        sessions = self._accounts.sessions
        return self._ended(await asyncio.to_thread(sessions.revoke_screen, shop_id, screen_id))

    async def recheck(self, live: Collection[str]) -> frozenset[str]:
        """Find those of the live sessions that another process or time has ended; tell watchers.

        To be called when the journal tells of a change of access, and now and then.
        """
        if not live:
            return frozenset()
        dead = await asyncio.to_thread(self._accounts.sessions.dead_among, live)
        return self._ended(dead) if dead else dead

    def forget(self) -> None:
        """Look everything up anew from now on, after a change of keys or languages."""
        self._forget()

    def _at_hand(self, hashed: str) -> Session | ApiToken | None:
        until, found = self._kept.get(hashed, (0.0, None))
        return found if time.monotonic() < until else None

    def _keep(self, hashed: str, found: Session | ApiToken | None, ends: int) -> None:
        self._remember(hashed, found is not None)
        # What was read before something ended may be what has ended: not kept.
        if found is None or ends != self._ends:
            return
        self._kept[hashed] = (time.monotonic() + KEPT_SECONDS, found)
        self._kept.move_to_end(hashed)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _remember(self, hashed: str, is_known: bool) -> None:
        self._met.pop(hashed, None)
        if is_known:
            self._met[hashed] = None
            while len(self._met) > KEPT:
                self._met.popitem(last=False)

    def _forget(self) -> None:
        self._ends += 1
        self._kept.clear()

    def _ended(self, hashes: frozenset[str]) -> frozenset[str]:
        self._forget()
        if hashes:
            for watcher in self._watchers:
                watcher(hashes)
        return hashes


async def note(desk: Desk, actor: Actor, what: str, subject: str) -> None:
    """Write into the journal that access changed; RuntimeError if the shop refuses to hear it."""
    command = NoteAccess(what=what, subject=subject)
    answer = await desk.handle(command, actor, new_id(desk.now()))
    if isinstance(answer, Refused):
        raise RuntimeError(f"the note {what} was refused: {answer.code}")


def to_sign_out(before: Mapping[str, Person], after: Mapping[str, Person]) -> frozenset[str]:
    """Return the people who left or whose roles changed: their sessions must end."""
    return frozenset(
        key
        for key, person in before.items()
        if key not in after
        or after[key].roles != person.roles
        or (after[key].removed and not person.removed)
    )
