"""Keeps secrets that stand in paths out of the access log.

For uvicorn's logger `uvicorn.access` and any other that writes request lines.
"""

import logging
import re
from collections.abc import Mapping
from urllib.parse import unquote

_SECRET_PATHS = re.compile(
    r"(/(?:welcome|hooks/plates|hooks|track|screens/claim)/+)[^\s?#\"']+", re.I
)
_SECRET_QUERIES = re.compile(
    r"([?&](?:\w*token|code|pin|password|csrf|\w*key|secret)=)[^\s&#\"']*", re.I
)
_FORMAT = logging.Formatter()


def masked(text: str) -> str:
    """Return a request line or path with its secrets as stars."""
    # A secret path may be written in percents; it is told plainly then.
    plain = unquote(text) if "%" in text else text
    return text if _starred(plain) == plain else _starred(plain)


def _starred(text: str) -> str:
    return _SECRET_QUERIES.sub(r"\1***", _SECRET_PATHS.sub(r"\1***", text))


class SecretsMasked(logging.Filter):
    """A filter for loggers or handlers; changes the record and lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask every text of the record."""
        if isinstance(record.args, tuple):
            record.args = tuple(map(_told, record.args))
        elif isinstance(record.args, Mapping):
            record.args = {name: _told(value) for name, value in record.args.items()}
        if isinstance(record.msg, str):
            record.msg = masked(record.msg)
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(_FORMAT.formatException(record.exc_info))
        return True


def _told(value: object) -> object:
    return masked(value) if isinstance(value, str) else value
