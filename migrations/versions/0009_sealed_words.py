"""Free words that were taken for words of a list: the next start seals them."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Ask the next start to look at every entry and to write the snapshots anew."""
    op.execute(
        "INSERT INTO meta (key, value) SELECT 'unsealed', '1' FROM heads"
        " WHERE NOT EXISTS (SELECT 1 FROM meta WHERE key = 'unsealed') LIMIT 1"
    )
