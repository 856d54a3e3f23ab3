"""What Alembic runs to find the tables and the connection; both are given by `migrations`."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from integrations.store.schema import Table
from integrations.store.sealing import Sealed
from integrations.store.tables import Moment, Words

PLAIN = {Words: "sa.Text()", Moment: "sa.DateTime(timezone=True)"}


def plainly(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write our column types as what they are underneath: a migration must not change when they do."""
    if kind != "type":
        return False
    return "sa.Text()" if isinstance(item, Sealed) else PLAIN.get(type(item), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_item=plainly,
    render_as_batch=True,  # SQLite can't alter a table: it is copied
    transactional_ddl=True,  # all or nothing, on SQLite too
)
with context.begin_transaction():
    context.run_migrations()
