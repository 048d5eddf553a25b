"""The page from which a tablet learns to trust the shop's own authority. It is for everybody.

It is asked over plain HTTP, where no trust is needed yet; what it gives away is a public key.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.authority import der, fingerprint
from board.https_files import HttpsFiles
from board.web.checks import patient
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.pages import page

_KIND = "application/x-x509-ca-cert"
_SAVED_AS = 'attachment; filename="baylight-ca.crt"'


@dataclass(frozen=True)
class HttpsPage:
    """The page and the file behind it; 404 in a shop without a certificate of its own."""

    doors: Doors
    files: HttpsFiles
    port: int
    https_port: int

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/https", self.steps, methods=["GET"]),
            Route("/https/ca.crt", self.authority, methods=["GET"]),
        ]

    async def steps(self, request: Request) -> Response:
        """`GET /https`: what to do on which tablet, with addresses as text and QR."""
        self._require(request)
        host = self.files.names()[0]
        name = f"[{host}]" if ":" in host else host
        return page(
            self.doors,
            request,
            "https/page.html",
            here=f"http://{name}:{self.port}/https",
            tablet=f"https://{name}:{self.https_port}/tablet",
            fingerprint=fingerprint(self.files.authority()),
        )

    async def authority(self, request: Request) -> Response:
        """`GET /https/ca.crt`: the authority's certificate, as tablets take it."""
        self._require(request)
        headers = {"content-disposition": _SAVED_AS}
        return Response(der(self.files.authority()), media_type=_KIND, headers=headers)

    def _require(self, request: Request) -> None:
        patient(self.doors, request)
        if not self.files.exist():
            raise Stopped(404, "not_found")
