"""Flows read from files, and the names that they may mention read from the database: the same for every command.

Knows folders and tables and nothing of the language; `fs_control.flow` judges. Easy to break: a file that cannot be
read is a mistake of that file, told like any other, and never ends the reading of the others. And files are read
without SQLAlchemy, which takes longer to import than a big flow to check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fs_control.flow import FlowFile, KnownNames, PromptNames, Reading, read_flow_files
from fs_control.flow.characters import TOP, Flaw
from fs_control.flow.problems import with_nearest
from fs_control.flow.readings import MAX_BYTES
from fs_control.ids import EnterpriseId
from fs_control.records import Directory, FlowText

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATTERN: Final = "*.yaml"
"""How files of flows are called."""


def read_flows(paths: Iterable[Path], names: KnownNames) -> tuple[Reading, ...]:
    """Read files of flows together, in this order; a flow is called like its file.

    `flow` steps may name each of these, each that lies in a folder of theirs, and each in `names.flows`. Raises
    nothing.
    """
    paths = list(paths)
    return read_flow_files(map(read_file, paths), names, beside=map(read_file, _beside(paths)))


def read_file(path: Path) -> FlowFile:
    """Return the bytes of a file, or why they cannot be had."""
    try:
        with path.open("rb") as opened:
            return FlowFile(str(path), path.stem, opened.read(MAX_BYTES + 1))
    except FileNotFoundError:
        flaw = Flaw(TOP, "flow_file_missing", _nearest_file(path))
    except IsADirectoryError:
        flaw = Flaw(TOP, "flow_file_is_folder", {"example": str(path / PATTERN)})
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        flaw = Flaw(TOP, "flow_file_unreadable", {"reason": getattr(error, "strerror", None) or str(error)})
    return FlowFile(str(path), path.stem, flaw=flaw)


def known_names(engine: Engine, enterprise: EnterpriseId, prompts: PromptNames) -> KnownNames:
    """Return the names of an enterprise at this moment; `prompts` are those that can be played."""
    from fs_control.store.customers import PostgresCustomerStore
    from fs_control.store.directory import PostgresDirectoryStore

    directory, active = PostgresDirectoryStore(engine, enterprise).load()
    return names_of(directory, active, prompts, PostgresCustomerStore(engine, enterprise).owners())


def names_of(
    directory: Directory, active: Iterable[FlowText], prompts: PromptNames, owners: Collection[str] = ()
) -> KnownNames:
    """Return the names that a directory and the active flows have."""
    return KnownNames(
        groups=frozenset(group.name for group in directory.groups.values()),
        prompts=prompts,
        agents=frozenset(agent.number for agent in directory.agents.values()),
        calendars=frozenset(directory.calendars),
        flows=frozenset(flow.name for flow in active),
        owners=owners,
    )


def _beside(paths: Collection[Path]) -> list[Path]:
    """Return the other flows in the folders of these."""
    found = {folder / name for folder in {path.parent for path in paths} for name in _names_in(folder)}
    return sorted(found - set(paths))


def _nearest_file(path: Path) -> Mapping[str, str]:
    found = with_nearest({}, path.stem, [Path(name).stem for name in _names_in(path.parent)])
    return {key: str(path.with_name(f"{stem}.yaml")) for key, stem in found.items()}


def _names_in(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.glob(PATTERN)]
    except OSError:
        return []
