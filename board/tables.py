"""Every table of the database, as the migrations leave it; knows nothing of who uses them.

Times are aware UTC. Who may come in stands beside it, in `tables_of_access`.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from board import tables_of_access
from board.columns import KEY, at, compared, key, maybe, maybe_at, metadata, seq, text

__all__ = ["metadata", "tables_of_access"]

meta = Table("meta", metadata, key("key"), text("value"))

heads = Table("heads", metadata, key("shop_id"), seq())

events = Table(
    "events",
    metadata,
    key("shop_id"),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    at("at"),
    text("actor"),
    text("command_id"),
    maybe("job_id"),
    text("kind"),
    Column("version", Integer, nullable=False),
    text("body"),
    text("via"),
    Index(None, "shop_id", "job_id", "seq"),
)

# The id leads the key: a server without statistics would else read a whole shop to find one.
commands = Table("commands", metadata, key("command_id"), key("shop_id"), seq(), maybe("asked"))

snapshots = Table(
    "snapshots",
    metadata,
    key("shop_id"),
    seq(),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

leases = Table("leases", metadata, key("name"), text("holder"), seq("fence"), at("until"))

# What a job is found by lies in search_keys; what is shown of it is sealed.
job_index = Table(
    "job_index",
    metadata,
    key("shop_id"),
    key("job_id"),
    text("number"),
    compared("number_key"),
    text("kind"),
    text("state"),
    maybe_at("arrived_at"),
    maybe_at("closed_at"),
    text("sealed"),
    seq(),
    Index(None, "shop_id", "number_key"),
)

search_keys = Table(
    "search_keys",
    metadata,
    key("shop_id"),
    Column("hash", KEY, primary_key=True),
    key("job_id"),
    Index(None, "shop_id", "job_id"),
)

# Made from the journal: every hold of every job, in its order. Nothing personal.
hold_times = Table(
    "hold_times",
    metadata,
    key("shop_id"),
    key("job_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    text("reason"),
    text("owner"),
    seq("from_ms"),
    Column("to_ms", BigInteger, nullable=True),
    Index(None, "shop_id", "from_ms"),
)

# One key per car; without `wrapped` it was erased and never comes back.
car_keys = Table(
    "car_keys",
    metadata,
    key("shop_id"),
    key("key_id"),
    Column("wrapped", LargeBinary, nullable=True),
    maybe_at("erased_at"),
)

car_names = Table(
    "car_names",
    metadata,
    key("shop_id"),
    key("name"),
    text("key_id"),
    Index(None, "shop_id", "key_id"),
)

job_keys = Table(
    "job_keys",
    metadata,
    key("shop_id"),
    key("job_id"),
    text("key_id"),
    Index(None, "shop_id", "key_id"),
)

# A key that was merged belongs to the file of another; without a row it is a file of its own.
car_files = Table(
    "car_files",
    metadata,
    key("shop_id"),
    key("key_id"),
    text("file_id"),
    Index(None, "shop_id", "file_id"),
)

shops = Table(
    "shops",
    metadata,
    key("shop_id"),
    text("slug"),
    maybe("host"),
    at("created_at"),
    UniqueConstraint("slug"),
    UniqueConstraint("host"),
)
