"""Answers made smaller with gzip: whole pages as they are sent, static files once and for all.

A dialog is never packed: it may repeat what an address asked for beside what nobody else may
know, and the length of such an answer tells of both. What a page holds is masked (csrf.py).
"""

import hashlib
import mimetypes
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PAGE_LEVEL = 5
FILE_LEVEL = 9
_GZIP = 31  # zlib's number for a gzip head around the longest window
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_UNPACKED = {".woff2": "font/woff2"}
_NONE: Mapping[str, str] = {}
_BY_GZIP = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}


def gzipped(data: bytes, level: int) -> bytes:
    """The same bytes in gzip's form."""
    packer = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return packer.compress(data) + packer.flush()


def takes_gzip(request: Request) -> bool:
    """Whether whoever asks can unpack: gzip is named, and not with a weight of nothing."""
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        coding, _, weight = offer.strip().partition(";")
        if coding.strip() == "gzip":
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def packed_page(
    request: Request, html: str, status: int = 200, headers: Mapping[str, str] = _NONE
) -> HTMLResponse:
    """A whole page, packed if the browser can unpack it."""
    if not takes_gzip(request):
        return HTMLResponse(html, status, {**headers, "Vary": "Accept-Encoding"})
    return HTMLResponse(gzipped(html.encode(), PAGE_LEVEL), status, {**headers, **_BY_GZIP})


@dataclass(frozen=True, slots=True)
class Kept:
    """One static file, ready to send."""

    kind: str
    mark: str
    plain: bytes
    packed: bytes = b""

    @classmethod
    def of(cls, files: Sequence[Path]) -> "Kept":
        """Read and pack a file, or several of one kind as one."""
        plain = b"\n".join(file.read_bytes() for file in files)
        kind = _KINDS.get(files[0].suffix, "")
        mark = f'"{hashlib.sha256(plain).hexdigest()[:16]}"'
        packed = gzipped(plain, FILE_LEVEL) if kind else b""
        guessed = mimetypes.guess_type(files[0].name)[0] or "text/plain"
        return cls(kind or _UNPACKED.get(files[0].suffix, guessed), mark, plain, packed)


class StaticFiles:
    """Every file of a folder, read and packed when first asked for: a change needs a restart.

    `together`: names under which several files are sent as one, in this order.
    """

    def __init__(self, folder: Path, together: Mapping[str, Sequence[str]] = _NONE) -> None:
        found = (path for path in folder.rglob("*") if path.is_file())
        self._files = {path.relative_to(folder).as_posix(): [path] for path in found}
        for name, parts in together.items():
            self._files[name] = [folder / part for part in parts]
        self._kept: dict[str, Kept] = {}

    def routes(self) -> list[Route]:
        """The addresses of the files."""
        return [Route("/static/{name:path}", self.file, methods=["GET"])]

    async def file(self, request: Request) -> Response:
        """The file, or 304 when the browser has it; 404 when there is none."""
        kept = self._find(request.path_params["name"])
        head = {"ETag": kept.mark, "Vary": "Accept-Encoding"}
        known = request.headers.get("if-none-match", "")
        if kept.mark in (mark.strip().removeprefix("W/") for mark in known.split(",")):
            return Response(status_code=304, headers=head)
        if kept.packed and takes_gzip(request):
            head = {**head, **_BY_GZIP, "ETag": f"W/{kept.mark}"}
            return Response(kept.packed, media_type=kept.kind, headers=head)
        return Response(kept.plain, media_type=kept.kind, headers=head)

    def _find(self, name: str) -> Kept:
        if name not in self._files:
            raise HTTPException(404)
        if name not in self._kept:
            self._kept[name] = Kept.of(self._files[name])
        return self._kept[name]
