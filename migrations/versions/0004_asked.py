"""What a command id stood for, so that another command under the same id is told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Commands answered before have no mark, and match anything."""
    op.add_column("commands", sa.Column("asked", sa.Text(), nullable=True))
