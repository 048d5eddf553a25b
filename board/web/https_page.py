"""The page from which a tablet learns to trust the shop's own authority. It is for everybody.

It is asked over plain HTTP, where no trust is needed yet; what it gives away is a public key.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.authority import der, fingerprint
from board.https_files import HttpsFiles
from board.listening import in_address, is_here_only, reached_at
from board.web.checks import patient
from board.web.doors import Doors
from board.web.errors import Stopped
from board.web.pages import page

_KIND = "application/x-x509-ca-cert"
_SAVED_AS = 'attachment; filename="baylight-ca.crt"'


@dataclass(frozen=True)
class HttpsPage:
    """The page and the file behind it; 404 in a shop without a certificate of its own.

    `host`: the address that the server listens on.
    """

    doors: Doors
    files: HttpsFiles
    host: str
    port: int
    https_port: int

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/https", self.steps, methods=["GET"]),
            Route("/https/ca.crt", self.authority, methods=["GET"]),
        ]

    async def steps(self, request: Request) -> Response:
        """`GET /https`: what to do on which tablet, with addresses as text and QR.

        Where no other device gets through it says so instead, and what to set.
        """
        self._require(request)
        found = reached_at(self.host, self.files.names())
        name = in_address(found) or "localhost"
        return page(
            self.doors,
            request,
            "https/page.html",
            is_reached=bool(found),
            is_here_only=is_here_only(self.host),
            here=f"http://{name}:{self.port}/https",
            tablet=f"https://{name}:{self.https_port}/tablet",
            fingerprint=fingerprint(self.files.authority()),
        )

    async def authority(self, request: Request) -> Response:
        """`GET /https/ca.crt`: the authority's certificate, as tablets take it."""
        self._require(request)
        headers = {"content-disposition": _SAVED_AS}
        return Response(der(self.files.authority()), media_type=_KIND, headers=headers)

    @property
    def fault(self) -> str:
        """Why https does not work though it was wanted, '' when all is well."""
        return self.files.fault(self.doors.clock())

    def _is_broken(self) -> bool:
        """Whether there is nothing that a tablet could learn; a certificate that ended is."""
        try:
            self.files.names()
            fingerprint(self.files.authority())
        except (OSError, ValueError):
            return True
        return False

    def _require(self, request: Request) -> None:
        patient(self.doors, request)
        if not self.files.exist() or self._is_broken():
            raise Stopped(404, "not_found")
