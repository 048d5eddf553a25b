"""How much a peer may send: a bucket of bytes that fills up again as time passes. Pure."""

BURST_BYTES = 64 * 1024
BYTES_PER_SECOND = 8 * 1024

FRAME_BYTES = 128
"""What a frame costs beside its bytes: small ones are dear to hear, not to send."""


class Budget:
    """What one peer may still send; time is the event loop's, in seconds."""

    __slots__ = ("_at", "_left")

    def __init__(self, now: float) -> None:
        self._left = float(BURST_BYTES)
        self._at = now

    def spend(self, size: int, now: float) -> bool:
        """Take so many bytes out; False when they were not there."""
        earned = max(0.0, now - self._at) * BYTES_PER_SECOND
        self._left = min(BURST_BYTES, self._left + earned) - size
        self._at = now
        return self._left >= 0
