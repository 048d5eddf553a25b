"""Tables of who may come in: people, sessions, keys, screens; and what processes ask each other.

Times are aware UTC. Only hashes of secrets are kept.
"""

from sqlalchemy import Index, Table, UniqueConstraint

from board.columns import at, key, maybe, maybe_at, metadata, text

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

# What one process asks and another answers within seconds; older rows are dropped.
inquiries = Table(
    "inquiries",
    metadata,
    key("shop_id"),
    key("about"),
    text("question"),
    at("asked_at"),
    maybe("answer"),
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
