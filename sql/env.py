"""What alembic runs to migrate: on the connection that fs_control.store.migrations hands over, and on no other."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
