"""Who is let in to the live channel: the same rule as for the page it belongs to."""

from starlette.websockets import WebSocket

from displays.pages import LivePages, look_mark, variant_of, wished_group
from displays.socket import Authorise, Rejection, Ticket
from displays.wire import MOVED, REVOKED


def admission(pages: LivePages) -> Authorise:
    """What asks session and desk of a socket, as they were found on its way, for leave to look."""

    async def authorise(websocket: WebSocket) -> Ticket | Rejection:
        signed, desk = websocket.state.signed, websocket.state.desk
        audience = websocket.path_params["audience"]
        mark = websocket.query_params.get("look", "")
        if signed and mark and mark != look_mark(signed) != "":
            return Rejection(MOVED)
        wish = websocket.query_params.get("group", "")
        group = wished_group(pages.hub, desk.shop, wish) if desk and wish else ""
        variant = variant_of(signed, desk.shop.id, audience, group) if desk else None
        if variant is None:
            return Rejection(REVOKED)
        pages.live.ensure(variant)
        account = signed.actor.id if signed.actor.kind == "screen" else ""
        return Ticket(variant, signed.session, signed.person_id, account)

    return authorise
