"""How long cars stood still and why, as a read table."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the next start fills it from the journal."""
    op.create_table(
        "hold_times",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("from_ms", sa.BigInteger(), nullable=False),
        sa.Column("to_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "job_id", "number", name="pk_hold_times"),
    )
    op.create_index("ix_hold_times_shop_id_from_ms", "hold_times", ["shop_id", "from_ms"])
    op.execute("INSERT INTO meta (key, value) SELECT 'unfolded', '1' FROM heads LIMIT 1")
