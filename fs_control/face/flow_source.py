"""A file of a flow, read for a command that looks at it: what is wrong with it is printed, line by line.

Names of groups, prompts and the like are taken as they are: whether they exist is a matter of `flow check`. Easy to
break: the flow is called by what stands in it, the file by what the admin typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fs_control.errors import UserMistake
from fs_control.face.words import printable, words

if TYPE_CHECKING:
    from fs_control.flow import Flow


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A flow with the file and the text that it was read from."""

    file: str
    text: str
    flow: Flow


def read_source_file(path: Path) -> SourceFile:
    """Read a file; UserMistake where it cannot be read, or is no flow: then every mistake has been printed."""
    from fs_control.flow import FlowProblems, parse_flow

    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or "") if isinstance(error, OSError) else "UTF-8"
        raise UserMistake("flow_not_read", file=str(path), reason=reason) from error
    try:
        return SourceFile(str(path), text, parse_flow(text, filename=str(path), groups=None, prompts=None))
    except FlowProblems as refused:
        for each in refused.problems:
            sentence = words(each.code, **each.values)
            click.echo(f"{printable(each.file)}:{each.line}:{each.column}: {sentence}", err=True)
        raise


def with_those_they_run(files: list[SourceFile]) -> list[SourceFile]:
    """Add the flows that these run, and that lie beside them under their names; one that is not there stays missing."""
    found = {each.flow.name: each for each in files}
    ahead = list(files)
    for each in ahead:
        for name in sorted(each.flow.flows_named() - found.keys()):
            path = Path(each.file).with_name(f"{name}.yaml")
            if path.is_file():
                found[name] = read_source_file(path)
                ahead.append(found[name])
    return list(found.values())
