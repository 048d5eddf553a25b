"""Who may come in: PINs and passwords, sessions, keys, links and screens, side by side.

Holds only what a replay of the journal must not need; who people are is in the journal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from board.accounts_badges import Badges
from board.accounts_credentials import Credentials
from board.accounts_screen_codes import Screens
from board.accounts_screen_reports import ScreenReports
from board.accounts_screen_requests import ScreenRequests
from board.accounts_sessions import Sessions
from board.accounts_tokens import Tokens
from board.accounts_tries import Tries


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of every shop of one database; calls are synchronous, for a thread."""

    credentials: Credentials
    sessions: Sessions
    tokens: Tokens
    screens: Screens
    requests: ScreenRequests
    reports: ScreenReports
    tries: Tries
    badges: Badges


def open_accounts(engine: Engine, clock: Callable[[], datetime], pepper: bytes) -> Accounts:
    """Return the accounts kept in `engine`.

    `clock` must be the real time, never a simulated one: locks and expiries depend on it.
    `pepper` belongs to PINs, passwords and codes for ever: with another one they are all wrong.
    """
    return Accounts(
        Credentials(engine, clock, pepper),
        Sessions(engine, clock),
        Tokens(engine, clock),
        Screens(engine, clock, pepper),
        ScreenRequests(engine, clock, pepper),
        ScreenReports(engine),
        Tries(engine, clock),
        Badges(engine, clock),
    )
