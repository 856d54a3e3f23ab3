"""Whose telephone it is, and the PIN that it asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phones",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("pin", sa.Text(), nullable=True),
        sa.Column("tries", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_phones_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phones")),
        sa.UniqueConstraint("number", name=op.f("uq_phones_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_phones_person_id")),
    )


def downgrade() -> None:
    op.drop_table("phones")
