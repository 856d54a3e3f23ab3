"""the zone in which a calendar was copied, and how often we wrote into it; blind copies of mails; finding a day by its calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("copied_calendars", sa.Column("made_in", sa.String(length=60), server_default="", nullable=False))
    op.add_column("copied_calendars", sa.Column("writes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("mail_copies", sa.Column("bcc", sa.Text(), server_default="", nullable=False))
    op.drop_index("ix_copied_events_span", "copied_events")
    op.create_index("ix_copied_events_span", "copied_events", ["person_id", "calendar", "last", "first"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_copied_events_span", "copied_events")
    op.create_index("ix_copied_events_span", "copied_events", ["person_id", "last", "first"], unique=False)
    op.drop_column("mail_copies", "bcc")
    op.drop_column("copied_calendars", "writes")
    op.drop_column("copied_calendars", "made_in")
