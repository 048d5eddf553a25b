"""Doors that only tests have: what is known of a request, a defect, a socket without a screen."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from board.web.limits import address


async def who(request: Request) -> Response:
    """Who asks, from where, as the middleware found it."""
    signed = request.state.signed
    known = {
        "person": signed.person_id if signed else None,
        "screen": signed.screen.screen_id if signed and signed.screen else None,
        "csrf": signed.csrf if signed else request.state.form_csrf,
        "language": request.state.language,
        "where": address(request.scope),
        "page": str(request.url),
        "host": request.headers["host"],
        "headers": sorted(request.headers.keys()),
    }
    return JSONResponse(known)


async def breaks(_request: Request) -> Response:
    """A defect."""
    raise ZeroDivisionError("told to nobody")


async def live(websocket: WebSocket) -> None:
    """A socket that opens to whoever is brought to it."""
    await websocket.accept()
    await websocket.close()
