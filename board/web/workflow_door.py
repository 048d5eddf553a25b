"""`/admin/workflow`: the shop's own workflow as a picture and a list, and the way to another.

A shop file's workflow is looked at first: what changes, and where jobs of removed states go.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.core.commands import ChooseWorkflow
from board.core.refusals import Refused
from board.core.rules.choosing import landings, stranded_in
from board.core.shop import Shop
from board.core.workflow import Through, Workflow
from board.core.workflow_changes import changes
from board.ids import new_id
from board.shop_file import read_workflow
from board.shop_file_values import Mistake
from board.web.body import Fields, read_form
from board.web.checks import desk_of, manager_of, one, own_form, patient
from board.web.doors import Doors
from board.web.errors import sentence_of
from board.web.pages import page, went
from board.web.refusal_text import refusal_text
from board.workflow_picture import picture

_PAGE = "/admin/workflow"


@dataclass(frozen=True)
class WorkflowDoor:
    """The doors of the workflow; both for managers."""

    doors: Doors

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(_PAGE, self.look, methods=["GET"]),
            Route(_PAGE, self.take, methods=["POST"]),
        ]

    async def look(self, request: Request) -> Response:
        """The workflow as it is; whoever is not signed in is asked to sign in first."""
        if request.state.signed is None:
            return RedirectResponse("/", 303)
        manager_of(request)
        return self._page(request, desk_of(request).shop.workflow)

    async def take(self, request: Request) -> Response:
        """Fields file, moves.STATE and, once it was looked at, sure: shown, refused or chosen."""
        signed, desk = manager_of(request), desk_of(request)
        patient(self.doors, request)
        fields = await read_form(request)
        own_form(request, fields)
        text = one(fields, "file").replace("\r\n", "\n")
        found = await asyncio.to_thread(read_workflow, text)
        if isinstance(found, tuple):
            return self._wrong(request, found, text)
        if not one(fields, "sure"):
            return self._preview(request, found, text)
        command = ChooseWorkflow(workflow=found, moves=_moves(fields))
        answer = await desk.handle(command, signed.actor, new_id(desk.now()))
        if isinstance(answer, Refused):
            error = refusal_text(answer, desk.shop, request.state.speak)
            return self._preview(request, found, text, error, command.moves)
        return went(request, _PAGE)

    def _wrong(self, request: Request, mistakes: tuple[Mistake, ...], text: str) -> Response:
        rows = tuple((each.line, each.told(request.state.speak)) for each in mistakes)
        error = sentence_of("file_wrong", {}, request.scope)
        shown = self._page(
            request, desk_of(request).shop.workflow, text=text, error=error, mistakes=rows
        )
        shown.status_code = 422
        return shown

    def _preview(
        self,
        request: Request,
        flow: Workflow,
        text: str,
        error: str = "",
        moves: Mapping[str, str] | None = None,
    ) -> Response:
        shop = desk_of(request).shop
        shown = self._page(
            request,
            flow,
            text=text,
            error=error,
            preview=True,
            changes=changes(shop.workflow, flow),
            homeless=_homeless(flow, shop),
            chosen=moves or {},
        )
        shown.status_code = 409 if error else 200
        return shown

    def _page(self, request: Request, flow: Workflow, **more: object) -> Response:
        shop = desk_of(request).shop
        usual: dict[str, object] = {
            "text": "",
            "error": "",
            "mistakes": (),
            "preview": False,
            "changes": (),
            "homeless": (),
            "chosen": {},
        }
        return page(
            self.doors,
            request,
            "set_up/workflow.html",
            shop=shop.settings.name,
            before=shop.workflow,
            flow=flow,
            picture=picture(flow),
            left_out=(Through.hold, Through.resume),
            **{**usual, **more},
        )


@dataclass(frozen=True, slots=True)
class Homeless:
    """A removed state with jobs: how many, and where they may go."""

    state: str
    jobs: int
    landings: tuple[str, ...]


def _homeless(flow: Workflow, shop: Shop) -> tuple[Homeless, ...]:
    return tuple(
        Homeless(state, count, landings(state, shop.workflow, flow))
        for state, count in stranded_in(flow, shop).items()
    )


def _moves(fields: Fields) -> dict[str, str]:
    return {
        name.removeprefix("moves."): values[0]
        for name, values in fields.items()
        if name.startswith("moves.") and values
    }
