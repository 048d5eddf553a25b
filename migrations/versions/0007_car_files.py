"""Files of cars that were merged: which key belongs to the file of another."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now every key is a file of its own: there is nothing to fill in."""
    op.create_table(
        "car_files",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "key_id", name="pk_car_files"),
    )
    op.create_index("ix_car_files_shop_id_file_id", "car_files", ["shop_id", "file_id"])
