"""Run sql/0015_call_legs.sql."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Run the SQL file as it stands: `no_parameters` keeps a percent sign in it from being read as a parameter."""
    text = Path(__file__).parents[1].joinpath("0015_call_legs.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(text, execution_options={"no_parameters": True})
