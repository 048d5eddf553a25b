"""Which compression a connection may have: only the kind whose frames everybody can share."""

from collections.abc import Sequence

from websockets.exceptions import NegotiationError
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import (
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)
from websockets.typing import ExtensionParameter

INBOUND_WINDOW_BITS = 12


class SharedDeflate(ServerPerMessageDeflateFactory):
    """Compression without memory in either direction, so that one frame suits all who have it."""

    def __init__(self) -> None:
        super().__init__(
            server_no_context_takeover=True,
            client_no_context_takeover=True,
            client_max_window_bits=INBOUND_WINDOW_BITS,
        )

    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        """Accept an offer unless it wants a smaller window than shared frames are built with."""
        answer, deflate = super().process_request_params(params, accepted_extensions)
        if deflate.local_max_window_bits < 15:
            raise NegotiationError("shared frames need the full window")
        return answer, deflate
