"""Every page, door and socket in one application.

A part of the wiring; knows nothing of how the parts are made.
"""

from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import StatelessLifespan

from board.web.checks import patient
from board.web.doors import Doors
from board.web.errors import HANDLERS
from board.web.https_page import HttpsPage
from board.web.lookups import Lookups
from board.web.packing import StaticFiles
from board.web.phone_door import PhoneDoor
from board.web.photo_door import PhotoDoor
from board.web.routes import middleware, routes
from board.web.screens_looked_up import ScreensLookedUp
from board.web.screens_waiting import ScreensWaiting
from board.web.sockets import Sockets
from displays.admission import admission
from displays.board_pages import BoardPages
from displays.copy_pages import CopyPages
from displays.desk_page_list import PAGES
from displays.desk_pages import DeskPages
from displays.dialogs import Dialogs
from displays.gallery_pages import GalleryPages
from displays.hub import Hub
from displays.live import Live
from displays.pages import LivePages
from displays.render import Renderer
from displays.socket import socket_endpoint
from displays.speech_pages import SpeechPages, Voice
from displays.tablet_pages import TOGETHER, TabletPages
from displays.views.phone import phone_page
from displays.wall_pages import WallPages

VERSION = "0.1.0"
_STATIC = Path(__file__).resolve().parent / "static"


def make_app(
    doors: Doors,
    photos: PhotoDoor,
    hub: Hub,
    live: Live,
    renderer: Renderer,
    voice: Voice,
    rate: float,
    lifespan: StatelessLifespan[Starlette],
    https: HttpsPage,
) -> Sockets:
    """The application; `rate` is the shop clock's speed."""
    pages = LivePages(live, hub, renderer, rate, partial(patient, doors))
    answers = Starlette(
        routes=[*_routes(doors, renderer, pages, voice), *photos.routes(), *https.routes()],
        middleware=middleware(doors),
        exception_handlers=HANDLERS,
        lifespan=lifespan,
    )
    return Sockets(answers, socket_endpoint(hub, admission(pages)), doors)


def _routes(doors: Doors, renderer: Renderer, pages: LivePages, voice: Voice) -> list[BaseRoute]:
    screens = ScreensLookedUp(doors, pages.hub.build)
    asks = (doors.phone_secret, screens, doors.devices)
    looks = Lookups(doors.journal, doors.languages, *asks)
    dialogs = Dialogs(renderer, looks.history, looks.find, looks.car, looks.say)
    return [
        *routes(doors, VERSION),
        *PhoneDoor(doors, phone_page).routes(),
        *WallPages(pages, ScreensWaiting(doors).code_for).routes(),
        *SpeechPages(pages, voice, doors.languages.translations).routes(),
        *BoardPages(pages).routes(),
        *TabletPages(pages).routes(),
        *dialogs.routes(),
        *DeskPages(pages, looks, PAGES).routes(),
        *CopyPages(pages, looks).routes(),
        *GalleryPages(renderer, pages.hub.build).routes(),
        *StaticFiles(_STATIC, TOGETHER).routes(),
    ]
