"""The second listener of a server that has a certificate: https beside plain HTTP.

Renews the certificate while the server runs; whoever is connected notices nothing.
"""

import asyncio
import logging
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime

from board.https_files import HttpsFiles
from settings import Settings, SettingsFault

LOG = logging.getLogger("baylight")
_LOOK_SECONDS = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class SecureDoor:
    """A bound socket that does not listen yet, and what proves who we are behind it."""

    listener: socket.socket
    context: ssl.SSLContext
    files: HttpsFiles

    async def keep_valid(self) -> None:
        """Look now and then whether the certificate ends soon or was made anew; for ever."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await asyncio.to_thread(self.look)
            except Exception:
                # Whatever is wrong with the certificate, plain HTTP goes on.
                LOG.exception("the certificate cannot be renewed")

    def look(self) -> None:
        """Renew the certificate if it is time, and use what the file holds."""
        if self.files.renew(datetime.now(UTC)):
            LOG.info("the certificate was renewed; it holds until %s", self.files.ends_at().date())
        self.files.load_into(self.context)


def open_secure(settings: Settings, *, shares: bool) -> SecureDoor | None:
    """The door, or None when the shop has no certificate. `shares`: other processes use the port.

    SettingsFault when the port cannot be had.
    """
    files = HttpsFiles(settings.data)
    if not files.exist():
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    door = SecureDoor(_bound(settings, shares=shares), context, files)
    door.look()
    return door


def _bound(settings: Settings, *, shares: bool) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    option = socket.SO_REUSEPORT if shares else socket.SO_REUSEADDR
    listener.setsockopt(socket.SOL_SOCKET, option, 1)
    try:
        listener.bind((settings.host, settings.https_port))
    except OSError as error:
        listener.close()
        reason = f"{settings.host}:{settings.https_port} cannot be used ({error.strerror}); "
        told = reason + "choose another, or `baylight https --remove`"
        raise SettingsFault("BAYLIGHT_HTTPS_PORT", told) from None
    return listener
