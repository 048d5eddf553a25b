"""`POST /photos` and `GET /photos/{job}/{name}`: photos of a job, in and out.

Decoding has a thread of its own, and few photos are in the house at once.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from board.photo_image import NotAPhoto, picture_of
from board.photos import NoRoom, Photos
from board.web.checks import desk_of, own_form, patient, signed_of
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.patience import not_for_ever
from board.web.session import Signed

log = logging.getLogger("baylight.web")
PATH = "/photos"
MOST_BYTES = 12 * 1024 * 1024
_MOST_AT_ONCE = 6
_ASK_AGAIN = "private, no-cache"
"""The browser of a shared tablet keeps the bytes, and shows them to whoever may see them now."""

MaySee = Callable[[Request, str, str], str]
"""(request, job, name of the photo) -> the shop whose photo the visitor may see, '' for none."""


def staff_may_see(request: Request, _job: str, _name: str) -> str:
    """Whoever is signed in in a shop sees the photos of that shop; a screen does not."""
    signed: Signed | None = request.state.signed
    is_staff = signed is not None and signed.actor.kind != "screen"
    return desk_of(request).shop.id if is_staff else ""


@dataclass
class PhotoDoor:
    """The door of photos. `may_see`: each is asked in turn whether a visitor may look."""

    doors: Doors
    photos: Photos
    may_see: tuple[MaySee, ...] = (staff_may_see,)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "photos"))
    _inside: int = 0

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(PATH, self.take, methods=["POST"]),
            Route(PATH + "/{job}/{name}", self.show, methods=["GET"]),
        ]

    async def take(self, request: Request) -> Response:
        """The body is the image, `?job=` says whose: `{"photo": name}`, or Stopped.

        The name goes into a command; a photo that no event names is deleted after a day.
        """
        signed_of(request)
        own_form(request)
        patient(self.doors, request)
        shop = desk_of(request).shop
        job = shop.jobs.get(request.query_params.get("job", ""))
        if job is None:
            raise Stopped(404, "unknown_job")
        if job.is_closed:
            raise Stopped(409, "photo_closed")
        if self._inside >= _MOST_AT_ONCE:
            raise Stopped(429, "too_many", {"seconds": 2}, retry_after_seconds=2)
        self._inside += 1
        try:
            name = await self._kept(shop.id, job.id, await request.body())
        finally:
            self._inside -= 1
        return JSONResponse({"photo": name})

    async def _kept(self, shop_id: str, job_id: str, sent: bytes) -> str:
        loop = asyncio.get_running_loop()
        try:
            name = await loop.run_in_executor(self._worker, self._keep, shop_id, job_id, sent)
        except NotAPhoto as error:
            raise Stopped(422, error.code) from None
        except NoRoom as error:
            log.error("a photo could not be kept: %s", error.code)
            raise Stopped(507, error.code) from None
        if not name:
            raise Stopped(404, "unknown_job")
        return name

    def _keep(self, shop_id: str, job_id: str, sent: bytes) -> str:
        return self.photos.keep(shop_id, job_id, picture_of(sent))

    async def show(self, request: Request) -> Response:
        """The JPEG; with `?small` its thumbnail. 404 for what there is not, or not for you."""
        job, name = request.path_params["job"], request.path_params["name"]
        patient(self.doors, request)
        asked = (may_see(request, job, name) for may_see in self.may_see)
        shop_id = next(filter(None, asked), "")
        if not shop_id:
            raise Stopped(404, "unknown_photo")
        small = "small" in request.query_params
        answer = await photo_answer(self.photos, shop_id, job, name, small=small)
        # Only now: a photo that was erased meanwhile is one no more, whoever still has its bytes.
        if request.headers.get("if-none-match", "").removeprefix("W/") == answer.headers["etag"]:
            return Response(status_code=304, headers=_how_kept(name, small=small))
        return answer


async def photo_answer(
    photos: Photos, shop_id: str, job_id: str, name: str, *, small: bool
) -> Response:
    """Return a photo for somebody who may see it; Stopped (404) when there is none."""
    async with not_for_ever():
        found = await asyncio.to_thread(photos.read, shop_id, job_id, name, small)
    if not found:
        raise Stopped(404, "unknown_photo")
    headers = {**_how_kept(name, small=small), "content-disposition": "inline"}
    return Response(found, media_type="image/jpeg", headers=headers)


def _how_kept(name: str, *, small: bool) -> dict[str, str]:
    """How a browser may keep a photo, whose bytes never change under its name."""
    return {"cache-control": _ASK_AGAIN, "etag": f'"{name}{"-small" if small else ""}"'}
