"""The kinds of columns that tables are made of, and the book of all tables. Times are aware UTC."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC; a time without zone is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the time to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back, which SQLite does not keep."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# Compared byte by byte, so that "starts with" is a range of the index in both databases.
KEY = Text().with_variant(Text(collation="C"), "postgresql")


def key(name: str) -> Column[str]:
    """A part of the key."""
    return Column(name, Text, primary_key=True)


def text(name: str) -> Column[str]:
    """A text that is always there."""
    return Column(name, Text, nullable=False)


def maybe(name: str) -> Column[str]:
    """A text that may be missing."""
    return Column(name, Text, nullable=True)


def at(name: str) -> Column[datetime]:
    """A time that is always there."""
    return Column(name, UtcTime, nullable=False)


def maybe_at(name: str) -> Column[datetime]:
    """A time that may be missing."""
    return Column(name, UtcTime, nullable=True)


def seq(name: str = "seq") -> Column[int]:
    """A number that the program gives."""
    return Column(name, BigInteger, nullable=False)


def compared(name: str) -> Column[str]:
    """A text that is compared by its bytes."""
    return Column(name, KEY, nullable=False)
