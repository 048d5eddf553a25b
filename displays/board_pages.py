"""GET /board: the advisor's board, for people who may look at it."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.core.commands import ReceiveJob
from board.core.workflow import BOARD_LANES
from displays.desk_page_list import PAGES
from displays.desk_pages import navigation
from displays.dialog_asks import may
from displays.pages import LivePages, variant_of


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The board's page; its dialogs stand in `dialogs`."""

    pages: LivePages

    def routes(self) -> list[Route]:
        """The address of the board."""
        return [Route("/board", self.board, methods=["GET"])]

    async def board(self, request: Request) -> Response:
        """The page, or the way to the sign-in for whoever may not look."""
        signed, desk = request.state.signed, request.state.desk
        variant = variant_of(signed, desk.shop.id, "board") if desk else None
        if variant is None or not signed.person_id:
            return RedirectResponse("/", 303)
        response = self.pages.show(
            request,
            "board/page.html",
            variant,
            lanes=tuple(lane.value for lane in BOARD_LANES),
            shop_name=desk.shop.settings.name,
            may_receive=may(signed.actor, ReceiveJob),
            nav=navigation(PAGES, signed.actor, desk.shop.settings),
            here=request.url.path,
        )
        response.headers["Cache-Control"] = "no-store"
        return response
