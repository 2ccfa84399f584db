"""Looking at what waits for the database: what the engine says, and where none runs, what lies on disk."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from fs_control.errors import FsControlError
from fs_control.face.client import EngineClient
from fs_control.face.options import control_socket
from fs_control.records import OutboxFacts
from fs_control.settings import Settings
from fs_control.store.spool import Spool, outbox_folders


def look_at_outbox(settings: Settings) -> OutboxFacts | None:
    """Return what waits, None where that cannot be seen."""
    try:
        return TypeAdapter(OutboxFacts).validate_python(EngineClient(control_socket(settings)).outbox())
    except FsControlError:
        return _on_disk(settings)


def _on_disk(settings: Settings) -> OutboxFacts | None:
    try:
        found = [Spool(folder).look() for folder in outbox_folders(Path(settings.var))]
    except OSError:
        return None
    return OutboxFacts(
        on_disk=sum(each.records for each in found),
        refused=sum(each.refused for each in found),
        damaged=sum(each.damaged for each in found),
    )
