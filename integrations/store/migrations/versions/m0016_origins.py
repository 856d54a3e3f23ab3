"""Where words come from, what a yes is given to and when it was heard, and before what a person is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "foreign_things",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("keeper", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_foreign_things_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_foreign_things")),
        sa.UniqueConstraint("person_id", "keeper", "thing", name=op.f("uq_foreign_things_person_id_keeper_thing")),
    )
    op.create_index(op.f("ix_foreign_things_person_id"), "foreign_things", ["person_id"])
    with op.batch_alter_table("turns") as turns:
        # what was said before this was kept may have been about anything
        turns.add_column(sa.Column("origin", sa.String(length=20), nullable=False, server_default="third party"))
    with op.batch_alter_table("approvals") as approvals:
        approvals.add_column(sa.Column("origin", sa.String(length=20), nullable=False, server_default="third party"))
        approvals.add_column(sa.Column("origins", sa.JSON(none_as_null=True), nullable=True))
        approvals.add_column(sa.Column("consent", sa.JSON(none_as_null=True), nullable=True))
        approvals.add_column(sa.Column("by_click", sa.Boolean(), nullable=False, server_default=sa.false()))
        approvals.add_column(sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("ask_before", sa.String(length=20), nullable=False, server_default="always"))


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_column("ask_before")
    with op.batch_alter_table("approvals") as approvals:
        for name in ("heard_at", "by_click", "consent", "origins", "origin"):
            approvals.drop_column(name)
    with op.batch_alter_table("turns") as turns:
        turns.drop_column("origin")
    op.drop_table("foreign_things")
