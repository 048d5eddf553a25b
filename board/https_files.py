"""The folder in which a shop's own authority and its server's certificate lie; renews what ends.

Knows the files only. Keys are readable by their owner alone.
"""

import os
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkstemp

from board.authority import (
    RENEW_DAYS,
    Signed,
    ends_at,
    names_of,
    new_authority,
    new_certificate,
)

FOLDER = "https"


@dataclass(frozen=True, slots=True)
class HttpsFiles:
    """The files below a data folder; there are none before somebody asked for them."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.data / FOLDER

    def exist(self) -> bool:
        """Whether the shop has an authority and a certificate."""
        return all(self._at(name).is_file() for name in _ALL)

    def are_begun(self) -> bool:
        """Whether somebody asked for them: one of them is enough."""
        return any(self._at(name).is_file() for name in _ALL)

    def fault(self, now: datetime) -> str:
        """Why browsers cannot trust the server now, for a person; '' when all is well."""
        missing = [name for name in _ALL if not self._at(name).is_file()]
        if len(missing) == len(_ALL):
            return ""
        if missing:
            return f"{self._at(missing[0])} is missing"
        try:
            self.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
            ends = min(self.ends_at(), ends_at(self.authority()))
        except (OSError, ValueError) as error:
            return f"the certificate in {self.folder} cannot be read: {error}"
        return f"the certificate ended on {ends:%Y-%m-%d}" if ends <= now else ""

    def authority(self) -> bytes:
        """The authority's certificate, PEM; FileNotFoundError when there is none."""
        return self._at("ca.pem").read_bytes()

    def names(self) -> tuple[str, ...]:
        """What the server is called in its certificate, the name for people first."""
        return names_of(self._at("server.pem").read_bytes())

    def ends_at(self) -> datetime:
        """Until when the server's certificate holds."""
        return ends_at(self._at("server.pem").read_bytes())

    def make(self, shop: str, names: Sequence[str], now: datetime, *, anew: bool = False) -> None:
        """Make the server's certificate for these names, and the authority if there is none.

        `anew`: another authority, which every tablet has to be told of. NotOfThisAuthority.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if anew or not (self._at("ca.key").is_file() and self._at("ca.pem").is_file()):
            authority = new_authority(shop, names, now)
            signed = new_certificate(authority, names, now)
            self._keep("ca.key", authority.key)
            self._keep("ca.pem", authority.certificate)
        else:
            signed = new_certificate(self._authority(), names, now)
        self._keep("server.pem", signed.key + signed.certificate)

    def renew(self, now: datetime) -> bool:
        """Make the server's certificate anew when it ends soon; whether that was so."""
        if self.ends_at() - now > timedelta(days=RENEW_DAYS):
            return False
        self.make("", self.names(), now)
        return True

    def load_into(self, context: ssl.SSLContext) -> None:
        """Let a context use the certificate from now on; OSError or ValueError if it cannot."""
        context.load_cert_chain(self._at("server.pem"))

    def remove(self) -> None:
        """Forget authority and certificate."""
        for name in _ALL:
            self._at(name).unlink(missing_ok=True)

    def _authority(self) -> Signed:
        return Signed(self._at("ca.key").read_bytes(), self.authority())

    def _at(self, name: str) -> Path:
        return self.folder / name

    def _keep(self, name: str, content: bytes) -> None:
        """Whole or not at all: a server may read it at the same moment."""
        # A name of its own, since several workers may renew at the same moment.
        made, half = mkstemp(prefix=f"{name}.", suffix=".new", dir=self.folder)
        with os.fdopen(made, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(half).replace(self._at(name))


_ALL = ("ca.key", "ca.pem", "server.pem")
