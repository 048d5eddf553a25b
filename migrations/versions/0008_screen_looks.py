"""How each screen looks, the screens that wait to be paired, and what screens report."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A screen without a look has its group and language; nobody waits yet."""
    op.add_column("screens", sa.Column("look", sa.Text(), nullable=True))
    op.create_table(
        "screen_requests",
        sa.Column("device_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=True),
        sa.Column("screen_id", sa.Text(), nullable=True),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("device_hash", name="pk_screen_requests"),
    )
    op.create_index("ix_screen_requests_code_hash", "screen_requests", ["code_hash"])
    op.create_table(
        "screen_reports",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("screen_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "screen_id", name="pk_screen_reports"),
    )
