"""Keeps secrets that stand in paths out of the access log.

For uvicorn's logger `uvicorn.access` and any other that writes request lines.
"""

import logging
import re

_SECRET_PATHS = re.compile(r"(/(?:welcome|hooks/plates|hooks|track|screens/claim)/)[^\s?#\"']+")
_SECRET_QUERIES = re.compile(r"([?&](?:token|code|pin|password|csrf|key)=)[^\s&#\"']*", re.I)


def masked(text: str) -> str:
    """Return a request line or path with its secrets as stars."""
    return _SECRET_QUERIES.sub(r"\1***", _SECRET_PATHS.sub(r"\1***", text))


class SecretsMasked(logging.Filter):
    """A filter for loggers or handlers; changes the record and lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask every text of the record."""
        if isinstance(record.args, tuple):
            record.args = tuple(masked(a) if isinstance(a, str) else a for a in record.args)
        if isinstance(record.msg, str):
            record.msg = masked(record.msg)
        return True
