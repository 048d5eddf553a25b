"""The index of every job ever seen."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Compared byte by byte on both databases.
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _make_job_index()


def _make_job_index() -> None:
    op.create_table(
        "job_index",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", KEY, nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("plate_key", KEY, nullable=False),
        sa.Column("plate_tail", KEY, nullable=False),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("vin_key", KEY, nullable=False),
        sa.Column("vin_tail", KEY, nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("ticket_key", KEY, nullable=False),
        sa.Column("phone_tail", KEY, nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "job_id", name="pk_job_index"),
    )
    op.create_index("ix_job_index_shop_id_number_key", "job_index", ["shop_id", "number_key"])
    op.create_index("ix_job_index_shop_id_phone_tail", "job_index", ["shop_id", "phone_tail"])
    op.create_index("ix_job_index_shop_id_plate_key", "job_index", ["shop_id", "plate_key"])
    op.create_index("ix_job_index_shop_id_plate_tail", "job_index", ["shop_id", "plate_tail"])
    op.create_index("ix_job_index_shop_id_ticket_key", "job_index", ["shop_id", "ticket_key"])
    op.create_index("ix_job_index_shop_id_vin_key", "job_index", ["shop_id", "vin_key"])
    op.create_index("ix_job_index_shop_id_vin_tail", "job_index", ["shop_id", "vin_tail"])
