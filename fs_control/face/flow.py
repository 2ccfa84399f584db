"""`fs-control flow`: what an admin does with the files of flows. One file for each command; none is imported here."""

from __future__ import annotations

from typing import Final

import click

from fs_control.face.click_words import Group

COMMANDS: Final[dict[str, str]] = {
    "activate": "fs_control.face.flow_activate:activate_command",
    "list": "fs_control.face.flow_list:list_command",
    "show": "fs_control.face.flow_show:show_command",
    "diff": "fs_control.face.flow_diff:diff_command",
    "rollback": "fs_control.face.flow_rollback:rollback_command",
    "check": "fs_control.face.flow_check:check_command",
    "schema": "fs_control.face.flow_schema:schema_command",
    "draw": "fs_control.face.flow_draw:draw_command",
    "prove": "fs_control.face.flow_prove:prove_command",
    "try": "fs_control.face.flow_try:try_flow",
    "test": "fs_control.face.flow_test:test_flows",
}


@click.group("flow", cls=Group, lazy=COMMANDS, examples=("fs-control flow check ivr_flows/main.yaml",))
def flow_group() -> None:
    """Choose a command below."""
