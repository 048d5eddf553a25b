"""Pages at a desk: server-made from the live shop, for those who may look, renewed when it changes.

Each is a builder like a dialog's; the list of them stands in desk_page_list.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.core.events import Fact
from board.core.hold_times import Stretch, Waited
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.shop import Settings, Shop
from board.web.session import Signed
from displays.dialog_asks import GONE, Ask, Builder, Sheet
from displays.dialog_search import Found
from displays.fleet import KnownScreen
from displays.pages import LivePages, variant_of

_LONGEST_VALUE = 200


Histories = Mapping[str, Sequence[Fact]]


class ScreenLooks(Protocol):
    """What the pages of the screens read."""

    @property
    def build(self) -> str:
        """What pages are made of now."""
        ...

    async def of_shop(self, shop_id: str) -> Sequence[KnownScreen]:
        """The paired screens of a shop."""
        ...

    async def reports(self, shop_id: str) -> Mapping[str, tuple[timedelta, str]]:
        """By screen id how long ago it said something of itself, and what."""
        ...

    async def waiting(self, typed: str, shop_id: str, who: str) -> tuple[str, int]:
        """The audience of the screen that shows this code, '' for none, and minutes to wait."""
        ...

    def rate(self) -> float:
        """How fast the shop's clock runs against real time."""
        ...

    def is_https_broken(self) -> bool:
        """Whether the certificate for https cannot be used."""
        ...

    def languages(self) -> Sequence[str]:
        """The languages that a screen can have."""
        ...


AskDevices = Callable[[str, bytes], Awaitable[bytes | None]]
"""(shop id, question as JSON) -> the answer; None when nobody could give one."""


class Looks(Protocol):
    """What pages read besides the live shop."""

    async def history(self, shop_id: str, job_id: str) -> Sequence[Fact]:
        """The facts of a job, oldest first."""
        ...

    async def find(self, shop_id: str, query: str) -> Sequence[Found]:
        """Orders of any age by plate, VIN, ticket, number or the end of a phone number."""
        ...

    async def car(self, shop_id: str, any_id: str) -> tuple[str, Histories] | None:
        """The id of a car's file and the facts of each of its orders; None: no such file."""
        ...

    async def waits(self, shop_id: str, within: Stretch) -> Sequence[Waited]:
        """What cars waited for in a stretch of time, the longest wait first."""
        ...

    def say(self, refused: Refused, shop: Shop, language: str) -> str:
        """A refusal's sentence in a language."""
        ...

    @property
    def screens(self) -> ScreenLooks | None:
        """What is read of paired screens; None where there are no accounts."""
        ...

    @property
    def devices(self) -> AskDevices | None:
        """Who answers about the devices of a shop; None where nobody does."""
        ...

    def phone_path(self, shop_id: str, job_id: str, link_round: int) -> str:
        """Where the customer's phone page of a job is, '' when there is none."""
        ...

    def phone_code(self, shop_id: str, job_id: str, code_round: int) -> str:
        """The code that opens prices on that page, in this round of codes."""
        ...


Read = Callable[[Looks, Ask], Awaitable[Mapping[str, object] | None]]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page: its address (with path parameters), builder, and the roles that may look.

    `word`: its name in the navigation, '' for pages that are reached from others. `read`: what
    of its context is read outside live state; None when there is no such page after all. `also`:
    roles that may look besides, by what the shop has settled.
    `comes_back`: whoever is not signed in is brought back to it afterwards. `gone`: the template
    that says that there is no such page.
    """

    path: str
    build: Builder
    roles: frozenset[Role]
    word: str = ""
    read: Read | None = None
    also: Callable[[Settings], frozenset[Role]] | None = None
    comes_back: bool = False
    gone: str = "desk/gone.html"

    def is_for(self, actor: Actor, settings: Settings) -> bool:
        """Whether the actor may look; managers may look at every page."""
        more = self.also(settings) if self.also else frozenset()
        return actor.has(*self.roles, *more, Role.manager)


@dataclass(frozen=True, slots=True)
class DeskPages:
    """Answers for every page of the list."""

    pages: LivePages
    looks: Looks
    listed: Sequence[DeskPage] = field(default=())

    def routes(self) -> list[Route]:
        """One address per page."""
        return [Route(page.path, self._answering(page), methods=["GET"]) for page in self.listed]

    def _answering(self, page: DeskPage) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await self._page(request, page)

        return answer

    async def _page(self, request: Request, page: DeskPage) -> Response:
        """The page; whoever may not look is sent to where they start."""
        signed, desk = request.state.signed, request.state.desk
        variant = variant_of(signed, desk.shop.id, "desk") if desk else None
        if variant is None or not _may_look(signed, page, desk.shop.settings):
            back = page.comes_back and (signed is None or not signed.person_id)
            return RedirectResponse(_front(request) if back else "/", 303)
        ask = Ask(desk.shop, signed.actor, desk.now(), _given(request))
        sheet = page.build(ask)
        language = request.state.language
        more = await page.read(self.looks, ask) if page.read and sheet is not GONE else {}
        if more is None:
            sheet, more = GONE, {}
        response = self.pages.show(
            request,
            page.gone if sheet is GONE else sheet.template,
            variant,
            nav=navigation(self.listed, signed.actor, desk.shop.settings),
            here=request.url.path,
            in_hand=_is_in_hand(request),
            base=str(request.base_url).rstrip("/"),
            shop_name=desk.shop.settings.name,
            say=lambda refused: self.looks.say(refused, ask.shop, language),
            **{**sheet.context, **more},
        )
        response.status_code = 404 if sheet is GONE else 200
        response.headers["Cache-Control"] = "no-store"
        return response


def _is_in_hand(request: Request) -> bool:
    """Whether a tablet opened it from its own page: gloves, and one way back."""
    return "tablet" in request.query_params or request.url.path.startswith("/tablet/")


def _front(request: Request) -> str:
    """The sign-in, from where one comes back."""
    query = f"?{request.url.query}" if request.url.query else ""
    return "/?" + urlencode({"back": request.url.path + query})


def _may_look(signed: Signed, page: DeskPage, settings: Settings) -> bool:
    return bool(signed.person_id) and page.is_for(signed.actor, settings)


def _given(request: Request) -> dict[str, str]:
    named = {**request.query_params, **request.path_params}
    return {key: str(value)[:_LONGEST_VALUE] for key, value in named.items()}


def navigation(
    listed: Sequence[DeskPage], actor: Actor, settings: Settings
) -> tuple[tuple[str, str], ...]:
    """Addresses and names of the pages that the actor may open from anywhere."""
    return tuple(
        (page.path, page.word) for page in listed if page.word and page.is_for(actor, settings)
    )


def page_of(template: str, **context: object) -> Sheet:
    """A page's template and what it is given."""
    return Sheet(template, context)
