"""The second listener of a server that has a certificate: https beside plain HTTP.

Renews the certificate while the server runs; whoever is connected notices nothing.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from board.https_files import HttpsFiles
from settings import Settings, SettingsFault

LOG = logging.getLogger("baylight")
_LOOK_SECONDS = 30.0


@dataclass(slots=True)
class SecureDoor:
    """A bound socket that does not listen yet, and what proves who we are behind it.

    `is_usable`: there is a certificate to show. Whatever is wrong with it, plain HTTP goes on.
    """

    listener: socket.socket
    context: ssl.SSLContext
    files: HttpsFiles
    is_usable: bool = False
    _fault: str = ""

    async def keep_valid(self, listen: Callable[[], Awaitable[None]]) -> None:
        """Look now and then whether the certificate ends soon or was made anew; for ever.

        `listen` is called whenever the door can be used.
        """
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await asyncio.to_thread(self.look)
                if self.is_usable:
                    await listen()
            except Exception:
                LOG.exception("https cannot be looked after")

    def look(self) -> None:
        """Renew the certificate if it is time, and use what the file holds; tell what is wrong."""
        told = self._renewed()
        fault = self.files.fault(datetime.now(UTC)) or told
        if fault and fault != self._fault:
            LOG.error("https: %s; run `baylight https` again; plain HTTP goes on", fault)
        self._fault = fault
        try:
            # Tried aside first: half a certificate would spoil the one in use.
            self.files.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
        except (OSError, ValueError):
            return
        self.files.load_into(self.context)
        self.is_usable = True

    def _renewed(self) -> str:
        """Why it could not be renewed though it was time, '' otherwise."""
        try:
            if self.files.renew(datetime.now(UTC)):
                until = self.files.ends_at().date()
                LOG.info("the certificate was renewed; it holds until %s", until)
        except Exception as error:
            return f"the certificate cannot be renewed: {error}"
        return ""


def open_secure(settings: Settings, *, shares: bool) -> SecureDoor | None:
    """The door, or None when the shop has no certificate. `shares`: other processes use the port.

    SettingsFault when the port cannot be had.
    """
    files = HttpsFiles(settings.data)
    if not files.are_begun():
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
