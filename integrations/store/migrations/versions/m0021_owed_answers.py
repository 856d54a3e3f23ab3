"""Answers that were not heard to their end, because the line broke, and messages of callers whom nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("turns", sa.Column("owed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_turns_owed_at"), "turns", ["owed_at"])
    op.add_column("people", sa.Column("phone_messages", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "phone_messages",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_phone_messages_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_messages")),
    )
    op.create_index(op.f("ix_phone_messages_person_id"), "phone_messages", ["person_id"])


def downgrade() -> None:
    op.drop_table("phone_messages")
    op.drop_column("people", "phone_messages")
    op.drop_index(op.f("ix_turns_owed_at"), "turns")
    op.drop_column("turns", "owed_at")
