"""Calendars: which count, and the copy of those kept elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_channels",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_channels_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_channels")),
    )
    with op.batch_alter_table("calendar_channels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_channels_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_choices",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_choices_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_choices")),
        sa.UniqueConstraint("person_id", "calendar", name=op.f("uq_calendar_choices_person_id_calendar")),
    )
    with op.batch_alter_table("calendar_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_choices_person_id"), ["person_id"], unique=False)

    op.create_table(
        "copied_calendars",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("selected", sa.Boolean(), nullable=False),
        sa.Column("writable", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_copied_calendars_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copied_calendars")),
        sa.UniqueConstraint("person_id", "calendar", name=op.f("uq_copied_calendars_person_id_calendar")),
    )
    with op.batch_alter_table("copied_calendars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copied_calendars_person_id"), ["person_id"], unique=False)

    op.create_table(
        "copied_events",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("stamp", sa.String(length=20), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("pending", sa.String(length=200), nullable=True),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_copied_events_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copied_events")),
        sa.UniqueConstraint("person_id", "calendar", "event", name=op.f("uq_copied_events_person_id_calendar_event")),
    )
    with op.batch_alter_table("copied_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copied_events_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_copied_events_event", ["person_id", "event"], unique=False)
        batch_op.create_index("ix_copied_events_series", ["person_id", "series"], unique=False)
        batch_op.create_index("ix_copied_events_span", ["person_id", "last", "first"], unique=False)
        batch_op.create_index("ix_copied_events_stamp", ["person_id", "stamp"], unique=False)


def downgrade() -> None:
    op.drop_table("calendar_channels")
    with op.batch_alter_table("copied_events", schema=None) as batch_op:
        batch_op.drop_index("ix_copied_events_stamp")
        batch_op.drop_index("ix_copied_events_span")
        batch_op.drop_index("ix_copied_events_series")
        batch_op.drop_index(batch_op.f("ix_copied_events_person_id"))

    op.drop_table("copied_events")
    with op.batch_alter_table("copied_calendars", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copied_calendars_person_id"))

    op.drop_table("copied_calendars")
    with op.batch_alter_table("calendar_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_choices_person_id"))

    op.drop_table("calendar_choices")
