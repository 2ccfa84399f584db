"""The admin's flow files, where a command changes what a flow says: an agent moved in them, and moved back.

A start activates what is in the folder, so a new active version alone would not last (M13). Easy to break: a file is
the admin's and takes its place whole, with its own ends of lines, mode and owner; one that cannot be written is named,
for nobody else will change it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fs_control.face.options import load_settings
from fs_control.face.words import remark

if TYPE_CHECKING:
    from fs_control.store.flow_edits import FlowEdit


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file of the flows' folder and what it is to hold."""

    path: Path
    text: str


def files_to_move(source: str, target: str) -> list[FileEdit]:
    """Return the flow files that name the agent `source`, each as it is with `target` instead."""
    from fs_control.store.flow_edits import with_other_agent

    edits = ((path, text, with_other_agent(text, source, target)) for path, text in _flow_files())
    return [FileEdit(path, after) for path, before, after in edits if after != before]


def files_to_put_back(flows: Iterable[FlowEdit]) -> list[FileEdit]:
    """Return the files of flows that got a former version back, as far as nobody has changed them since."""
    texts = dict(_flow_files())
    edits = []
    for flow in flows:
        path = _folder() / f"{flow.name}.yaml"
        text = texts.get(path, "")
        if _with_plain_ends(text) == flow.before:
            edits.append(FileEdit(path, flow.after.replace("\n", "\r\n") if "\r\n" in text else flow.after))
    return edits


def change_files(edits: Iterable[FileEdit], code: str, tell: Callable[..., None]) -> None:
    """Write the files and tell so with the sentence of this code; each that cannot be written is named."""
    for edit in edits:
        try:
            replace_file(edit.path.resolve(), edit.text)
        except OSError as error:
            remark("flow_file_not_changed", file=str(edit.path), reason=error.strerror)
        else:
            tell(code, file=str(edit.path))


def _folder() -> Path:
    return Path(load_settings().flows)


def _flow_files() -> Iterator[tuple[Path, str]]:
    """Yield the flow files with their texts, ends of lines as they are; one that cannot be read is named."""
    for path in sorted(_folder().glob("*.yaml")):
        try:
            yield path, path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            remark("flow_file_not_changed", file=str(path), reason=str(error))


def _with_plain_ends(text: str) -> str:
    """Return a text as the active version has it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def replace_file(path: Path, text: str) -> None:
    """Let a file hold another text, with its mode and owner; it is never there in parts. OSError where it cannot be."""
    before = path.stat()
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.chmod(before.st_mode & 0o777)
        if os.geteuid() == 0:
            os.chown(beside, before.st_uid, before.st_gid)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
