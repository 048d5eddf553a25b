"""Every table of the database, as the migrations leave it; knows nothing of who uses them.

Times are aware UTC. Only hashes of secrets are kept.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from board.columns import KEY, at, compared, key, maybe, maybe_at, metadata, seq, text

__all__ = ["metadata"]

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

credentials = Table(
    "credentials",
    metadata,
    key("shop_id"),
    key("person_id"),
    key("kind"),
    text("hash"),
    at("changed_at"),
)

sessions = Table(
    "sessions",
    metadata,
    key("token_hash"),
    text("shop_id"),
    text("holder_kind"),
    maybe("person_id"),
    maybe("screen_id"),
    maybe("audience"),
    text("language"),
    at("created_at"),
    at("last_seen_at"),
    maybe_at("revoked_at"),
    text("via"),
    Index(None, "shop_id", "person_id"),
    Index(None, "shop_id", "screen_id"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    key("token_hash"),
    text("shop_id"),
    text("token_id"),
    text("name"),
    text("roles"),
    at("created_at"),
    maybe_at("revoked_at"),
    UniqueConstraint("shop_id", "token_id"),
)

screen_codes = Table(
    "screen_codes",
    metadata,
    key("code_hash"),
    text("shop_id"),
    text("audience"),
    maybe("bay_group"),
    text("language"),
    at("created_at"),
    at("expires_at"),
    maybe_at("used_at"),
)

screens = Table(
    "screens",
    metadata,
    key("shop_id"),
    key("screen_id"),
    text("name"),
    text("audience"),
    maybe("bay_group"),
    text("language"),
    at("created_at"),
    maybe_at("revoked_at"),
    maybe("look"),
)

# A device that waits to be paired. `shop_id` and `screen_id` are there once it is approved.
screen_requests = Table(
    "screen_requests",
    metadata,
    key("device_hash"),
    text("code_hash"),
    text("audience"),
    at("created_at"),
    at("expires_at"),
    maybe("shop_id"),
    maybe("screen_id"),
    maybe_at("collected_at"),
    Index(None, "code_hash"),
)

# What each screen said last of itself; of no use to a replay, and gone with the screen.
screen_reports = Table(
    "screen_reports",
    metadata,
    key("shop_id"),
    key("screen_id"),
    at("at"),
    text("body"),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    key("token_hash"),
    text("shop_id"),
    text("person_id"),
    at("created_at"),
    at("expires_at"),
    maybe_at("used_at"),
)

# Two failures may fall on one instant, so this table has no primary key. Tries of codes stand
# here too: what is tried, with a blank in it, in the place of the person.
sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    text("shop_id"),
    text("person_id"),
    at("at"),
    Index(None, "shop_id", "person_id", "at"),
)
