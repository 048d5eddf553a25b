"""Keys of car files, search by keyed hashes; what the index kept in plain words is dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    """Make the tables; the next start seals what is plain and makes the index anew."""
    op.drop_table("job_index")
    _make_job_index()
    _make_search_keys()
    _make_keys()
    # These marks were made without a key and could be guessed; none fits anything.
    op.execute("UPDATE commands SET asked = NULL")
    op.execute("INSERT INTO meta (key, value) SELECT 'unsealed', '1' FROM heads LIMIT 1")


def _make_job_index() -> None:
    op.create_table(
        "job_index",
        _text("shop_id"),
        _text("job_id"),
        _text("number"),
        sa.Column("number_key", KEY, nullable=False),
        _text("kind"),
        _text("state"),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _text("sealed"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "job_id", name="pk_job_index"),
    )
    op.create_index("ix_job_index_shop_id_number_key", "job_index", ["shop_id", "number_key"])


def _make_search_keys() -> None:
    op.create_table(
        "search_keys",
        _text("shop_id"),
        sa.Column("hash", KEY, nullable=False),
        _text("job_id"),
        sa.PrimaryKeyConstraint("shop_id", "hash", "job_id", name="pk_search_keys"),
    )
    op.create_index("ix_search_keys_shop_id_job_id", "search_keys", ["shop_id", "job_id"])


def _make_keys() -> None:
    op.create_table(
        "car_keys",
        _text("shop_id"),
        _text("key_id"),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "key_id", name="pk_car_keys"),
    )
    for table, name in (("car_names", "name"), ("job_keys", "job_id")):
        op.create_table(
            table,
            _text("shop_id"),
            _text(name),
            _text("key_id"),
            sa.PrimaryKeyConstraint("shop_id", name, name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_shop_id_key_id", table, ["shop_id", "key_id"])
