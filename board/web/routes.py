"""All doors in one list, and the middleware around them in its order; for the wiring."""

from starlette.middleware import Middleware
from starlette.routing import Route

from board.web.badges_door import BadgesDoor
from board.web.binding_door import BindingDoor
from board.web.catalogue_door import CatalogueDoor
from board.web.command_api import CommandApi
from board.web.devices_door import DevicesDoor
from board.web.do_door import DoDoor
from board.web.doors import Doors
from board.web.event_feed import EventFeed
from board.web.health import Health
from board.web.holds_api import HoldsApi
from board.web.import_door import ImportDoor
from board.web.limits import BodyLimit
from board.web.openapi import OpenApi
from board.web.pages import icon
from board.web.plates_door import PlatesDoor
from board.web.proxies import Behind
from board.web.screens_door import ScreensDoor
from board.web.screens_keeping import ScreensKeeping
from board.web.screens_waiting import ScreensWaiting
from board.web.security import OwnPagesOnly, SecurityHeaders
from board.web.set_up import SetUp
from board.web.sign_in import SignIn
from board.web.speaking import Speaking
from board.web.state_api import StateApi
from board.web.tablets_door import TabletsDoor
from board.web.welcome import Welcome
from board.web.who_asks import WhoAsks
from board.web.workflow_door import WorkflowDoor


def routes(doors: Doors, version: str) -> list[Route]:
    """Return the routes of every door; `version` is the program's, for the description."""
    # The router tries one after the other: what is asked for all day comes first.
    every = (
        DoDoor(doors),
        CommandApi(doors),
        Health(doors),
        BadgesDoor(doors),
        SignIn(doors),
        Welcome(doors),
        ScreensDoor(doors),
        TabletsDoor(doors),
        ScreensWaiting(doors),
        ScreensKeeping(doors),
        ImportDoor(doors),
        CatalogueDoor(doors),
        DevicesDoor(doors),
        BindingDoor(doors),
        SetUp(doors),
        WorkflowDoor(doors),
        StateApi(doors),
        EventFeed(doors),
        HoldsApi(doors),
        PlatesDoor(doors),
        OpenApi(version),
    )
    looked_for = Route("/favicon.ico", icon, methods=["GET"])
    return [looked_for, *(route for door in every for route in door.routes())]


def middleware(doors: Doors) -> list[Middleware]:
    """Return what stands around every page and door, outermost first."""
    return [
        Middleware(Behind, proxies=doors.proxies),
        Middleware(SecurityHeaders),
        Middleware(Speaking, doors=doors),
        Middleware(BodyLimit, limits=doors.limits),
        Middleware(OwnPagesOnly),
        Middleware(WhoAsks, doors=doors),
    ]
