"""What is sealed is text, and whoever goes leaves a mark until every store is rid of them.

Columns that held JSON become columns of text; what is in them stays as it is, until it is sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# table, column, and what stands in it when nothing is given; None: it may be empty
COLUMNS = (
    ("turns", "lines", "[]"),
    ("turns", "actions", "[]"),
    ("turns", "understood", None),
    ("briefings", "items", "[]"),
    ("digests", "mails", "[]"),
    ("approvals", "arguments", "{}"),
    ("approvals", "result", None),
    ("approvals", "consent", None),
    ("changes", "arguments", "{}"),
    ("changes", "receipt", None),
    ("changes", "inverse", None),
    ("intents", "arguments", "{}"),
    ("intents", "result", None),
)


def upgrade() -> None:
    op.create_table(
        "departures",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departures")),
    )
    _to("TEXT")


def downgrade() -> None:
    _to("JSON")
    op.drop_table("departures")


def _to(kind: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, _ in COLUMNS:
            op.execute(sa.text(f'ALTER TABLE {table} ALTER COLUMN "{column}" TYPE {kind} USING "{column}"::{kind}'))
        return
    # SQLite can't change a column's kind, and copying the table would cascade to what belongs to its rows
    for table, column, empty in COLUMNS:
        needed = f" NOT NULL DEFAULT '{empty}'" if empty else ""
        op.execute(sa.text(f'ALTER TABLE {table} ADD COLUMN "{column}_new" {kind}{needed}'))
        op.execute(sa.text(f'UPDATE {table} SET "{column}_new" = "{column}"'))  # noqa: S608, names of our own
        op.execute(sa.text(f'ALTER TABLE {table} DROP COLUMN "{column}"'))
        op.execute(sa.text(f'ALTER TABLE {table} RENAME COLUMN "{column}_new" TO "{column}"'))
