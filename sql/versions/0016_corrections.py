"""Run sql/0016_corrections.sql."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Run the SQL file as it stands: `no_parameters` keeps a percent sign in it from being read as a parameter."""
    text = Path(__file__).parents[1].joinpath("0016_corrections.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(text, execution_options={"no_parameters": True})
