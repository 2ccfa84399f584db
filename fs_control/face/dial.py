"""`fs-control dial`: let an agent call somebody outside (O1).

The engine does it or says why not; this only asks. Easy to break: what is dialled is judged there and nowhere else.
"""

from __future__ import annotations

import click

from fs_control.face.click_words import Command, Option
from fs_control.face.client import running_engine
from fs_control.face.words import print_json, say

EXAMPLES = (
    "fs-control dial 13800138000 --agent 8001",
    'fs-control dial 13800138000 --agent 8001 --first agent --note "about the offer"',
)


@click.command("dial", cls=Command, examples=EXAMPLES)
@click.argument("number")
@click.option("--agent", "dialling_agent", metavar="AGENT", required=True, cls=Option)
@click.option("--first", type=click.Choice(("customer", "agent")), default="customer", show_default=True, cls=Option)
@click.option("--note", "dial_note", default="", cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def dial_command(number: str, dialling_agent: str, first: str, dial_note: str, json: bool) -> None:
    """Call somebody for an agent."""
    told = running_engine().act(dialling_agent, "dial", to=number, first=first, note=dial_note)
    if json:
        print_json(told)
    else:
        say("dialling_number", number=number, agent=dialling_agent, call=told.get("call", "")[:8])
