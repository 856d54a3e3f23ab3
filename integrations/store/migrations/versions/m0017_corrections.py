"""A correction belongs to what it corrects, and a turn can be told again by its client's own name for it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("changes", sa.Column("amends", sa.String(length=40), nullable=True))
    op.add_column("turns", sa.Column("key", sa.String(length=100), nullable=True))
    op.create_index("uq_turns_key", "turns", ["person_id", "key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_turns_key", table_name="turns")
    op.drop_column("turns", "key")
    op.drop_column("changes", "amends")
