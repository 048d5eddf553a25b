"""Every table of the database, as the migrations leave it; knows nothing of who uses them.

Times are aware UTC. Only hashes of secrets are kept.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
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
_Key = Text().with_variant(Text(collation="C"), "postgresql")


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _maybe(name: str) -> Column[str]:
    return Column(name, Text, nullable=True)


def _at(name: str) -> Column[datetime]:
    return Column(name, UtcTime, nullable=False)


def _maybe_at(name: str) -> Column[datetime]:
    return Column(name, UtcTime, nullable=True)


def _seq(name: str = "seq") -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _compared(name: str) -> Column[str]:
    return Column(name, _Key, nullable=False)


meta = Table("meta", metadata, _key("key"), _text("value"))

heads = Table("heads", metadata, _key("shop_id"), _seq())

events = Table(
    "events",
    metadata,
    _key("shop_id"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    _at("at"),
    _text("actor"),
    _text("command_id"),
    _maybe("job_id"),
    _text("kind"),
    Column("version", Integer, nullable=False),
    _text("body"),
    _text("via"),
    Index(None, "shop_id", "job_id", "seq"),
)

# The id leads the key: a server without statistics would else read a whole shop to find one.
commands = Table("commands", metadata, _key("command_id"), _key("shop_id"), _seq(), _maybe("asked"))

snapshots = Table(
    "snapshots",
    metadata,
    _key("shop_id"),
    _seq(),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

leases = Table("leases", metadata, _key("name"), _text("holder"), _seq("fence"), _at("until"))

job_index = Table(
    "job_index",
    metadata,
    _key("shop_id"),
    _key("job_id"),
    _text("number"),
    _compared("number_key"),
    _text("plate"),
    _compared("plate_key"),
    _compared("plate_tail"),
    _text("vin"),
    _compared("vin_key"),
    _compared("vin_tail"),
    _text("ticket"),
    _compared("ticket_key"),
    _compared("phone_tail"),
    _text("customer"),
    _maybe_at("arrived_at"),
    _maybe_at("closed_at"),
    _text("state"),
    _seq(),
    Index(None, "shop_id", "number_key"),
    Index(None, "shop_id", "plate_key"),
    Index(None, "shop_id", "plate_tail"),
    Index(None, "shop_id", "vin_key"),
    Index(None, "shop_id", "vin_tail"),
    Index(None, "shop_id", "ticket_key"),
    Index(None, "shop_id", "phone_tail"),
)

shops = Table(
    "shops",
    metadata,
    _key("shop_id"),
    _text("slug"),
    _maybe("host"),
    _at("created_at"),
    UniqueConstraint("slug"),
    UniqueConstraint("host"),
)

credentials = Table(
    "credentials",
    metadata,
    _key("shop_id"),
    _key("person_id"),
    _key("kind"),
    _text("hash"),
    _at("changed_at"),
)

sessions = Table(
    "sessions",
    metadata,
    _key("token_hash"),
    _text("shop_id"),
    _text("holder_kind"),
    _maybe("person_id"),
    _maybe("screen_id"),
    _maybe("audience"),
    _text("language"),
    _at("created_at"),
    _at("last_seen_at"),
    _maybe_at("revoked_at"),
    _text("via"),
    Index(None, "shop_id", "person_id"),
    Index(None, "shop_id", "screen_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    _key("token_hash"),
    _text("shop_id"),
    _text("token_id"),
    _text("name"),
    _text("roles"),
    _at("created_at"),
    _maybe_at("revoked_at"),
    UniqueConstraint("shop_id", "token_id"),
)

screen_codes = Table(
    "screen_codes",
    metadata,
    _key("code_hash"),
    _text("shop_id"),
    _text("audience"),
    _maybe("bay_group"),
    _text("language"),
    _at("created_at"),
    _at("expires_at"),
    _maybe_at("used_at"),
)

screens = Table(
    "screens",
    metadata,
    _key("shop_id"),
    _key("screen_id"),
    _text("name"),
    _text("audience"),
    _maybe("bay_group"),
    _text("language"),
    _at("created_at"),
    _maybe_at("revoked_at"),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    _key("token_hash"),
    _text("shop_id"),
    _text("person_id"),
    _at("created_at"),
    _at("expires_at"),
    _maybe_at("used_at"),
)

# Two failures may fall on one instant, so this table has no primary key.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    _text("shop_id"),
    _text("person_id"),
    _at("at"),
    Index(None, "shop_id", "person_id", "at"),
)
