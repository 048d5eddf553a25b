"""Who is let in to the live channel: the same rule as for the page it belongs to."""

from starlette.websockets import WebSocket

from displays.live import Live
from displays.pages import variant_of
from displays.socket import Authorise, Rejection, Ticket
from displays.wire import REVOKED


def admission(live: Live) -> Authorise:
    """What asks session and desk of a socket, as the middleware found them, for leave to look."""

    async def authorise(websocket: WebSocket) -> Ticket | Rejection:
        signed, desk = websocket.state.signed, websocket.state.desk
        audience = websocket.path_params["audience"]
        group = websocket.query_params.get("group", "")
        variant = variant_of(signed, desk.shop.id, audience, group) if desk else None
        if variant is None:
            return Rejection(REVOKED)
        live.ensure(variant)
        return Ticket(variant, signed.session)

    return authorise
