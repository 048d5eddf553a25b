"""The cookies we set: their names, and how each is written and taken away."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION = "baylight_session"
SCREENS = {
    audience: f"baylight_screen_{audience}" for audience in ("tv", "lounge", "queue", "arrivals")
}
"""By audience: one browser may be several walls."""

WAITING = {audience: f"baylight_waiting_{audience}" for audience in SCREENS}
"""By audience: the token of a browser that waits to become that wall, for a quarter of an hour."""

WALLS = {"tv": "tv", "lounge": "lounge", "queue": "queue", "arrivals-tv": "arrivals"}
"""The audience of each wall's page: the arrivals list of a desk has its plain name."""

VIEWS = {"overview": "tv"}
"""Audiences that are another view of a wall: its screen keeps its cookie."""

PHONE = "baylight_phone"
FORM = "baylight_form"
LANGUAGE = "baylight_language"
COOKIES = frozenset({SESSION, *SCREENS.values(), *WAITING.values(), PHONE, FORM, LANGUAGE})

_YEAR_SECONDS = 365 * 86400
_AGES: dict[str, int] = {
    SESSION: 7 * 86400,
    LANGUAGE: _YEAR_SECONDS,
    **dict.fromkeys(SCREENS.values(), _YEAR_SECONDS),
    **dict.fromkeys(WAITING.values(), 900),
}


def is_secure(connection: HTTPConnection) -> bool:
    """Whether the browser talks to us over TLS."""
    return connection.scope.get("scheme") in ("https", "wss")


def set_cookie(response: Response, request: HTTPConnection, name: str, value: str) -> None:
    """Give the browser a cookie that scripts cannot read and other sites cannot send with forms."""
    response.set_cookie(
        name,
        value,
        max_age=_AGES.get(name),
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, request: HTTPConnection, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(name, path="/", secure=is_secure(request), httponly=True, samesite="lax")
