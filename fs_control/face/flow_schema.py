"""`fs-control flow schema`: the JSON Schema with which an editor completes and underlines flows."""

from __future__ import annotations

import click

from fs_control.face.click_words import Command
from fs_control.flow.json_schema import schema_text

EXAMPLES = ("fs-control flow schema", "fs-control flow schema > ivr_flows/flows.schema.json")


@click.command("schema", cls=Command, examples=EXAMPLES)
def schema_command() -> None:
    """Print the schema."""
    click.echo(schema_text(), nl=False)
