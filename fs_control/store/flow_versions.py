"""The versions of flows: a text made the active one of its name, looked at, compared, brought back (N1, N10).

No version is ever changed: a new one is added, and the highest of a name is active. Everything here runs behind the
enterprise's lock and reads no flow: whoever activates one has done that. Easy to break: `file_digest` says what the
admin's file said when one was last taken over, so a rollback hands it on, and a start leaves that file alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from fs_control.errors import UserMistake
from fs_control.ids import EnterpriseId, Micros
from fs_control.store import tables
from fs_control.store.column_types import storable_text
from fs_control.store.directory_check import nearest
from fs_control.store.queries import query, rows_of


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """A version of a flow without its text; the highest of a name is the active one.

    `from_version` is the earlier one whose text a rollback brought back. `accepted` are rules of the proof that were
    accepted with it, for the `reason` given.
    """

    version: int
    digest: str
    activated_at: Micros
    activated_by: str
    from_version: int | None = None
    reason: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFlow:
    """A version with its text; `file_digest` is that of the file which was taken over last when it came."""

    name: str
    about: FlowVersion
    text: str
    file_digest: str

    @property
    def version(self) -> int:
        """The how manieth of its name it is."""
        return self.about.version


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A text that is to be the active version of its name, and what is kept with it."""

    name: str
    text: str
    reason: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowChange:
    """What was active and what is now; the same where the text was active already."""

    before: StoredFlow | None
    after: StoredFlow

    @property
    def is_new(self) -> bool:
        """Whether anything changed."""
        return self.before is not self.after


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text as it is stored, in hexadecimal."""
    return hashlib.sha256(storable_text(text).encode()).hexdigest()


# --- looking -------------------------------------------------------------------------------------------------------


def active_flows(connection: Connection, enterprise: EnterpriseId) -> dict[str, StoredFlow]:
    """Return the active version of each flow, by name."""
    rows = connection.execute(rows_of(tables.flow_version, "active_flows"), {"enterprise": enterprise})
    return {row.name: _stored(row) for row in rows}


def versions_of(connection: Connection, enterprise: EnterpriseId, name: str) -> list[StoredFlow]:
    """Return every version of a flow, the newest first; UserMistake `flow_never_active` where there is none."""
    parameters = {"enterprise": enterprise, "name": storable_text(name)}
    rows = connection.execute(rows_of(tables.flow_version, "versions_of_flow"), parameters).all()
    if not rows:
        raise UserMistake("flow_never_active", flow=name, nearest=nearest(name, active_flows(connection, enterprise)))
    return [_stored(row) for row in rows]


def numbered(versions: Iterable[StoredFlow], name: str, number: int) -> StoredFlow:
    """Return the version of this number; UserMistake `flow_version_unknown` where there is none."""
    found = list(versions)
    for each in found:
        if each.version == number:
            return each
    raise UserMistake("flow_version_unknown", flow=name, version=number, newest=found[0].version)


def before_active(versions: Iterable[StoredFlow], name: str) -> StoredFlow:
    """Return where a rollback leads that names no version: to the text before the one that is active.

    After a rollback that is the text before the one which was brought back, so that going back twice does not end
    where it began. `versions` are all of one flow, the newest first. UserMistake `flow_nothing_before`.
    """
    active, *others = versions
    place = active.about.from_version or active.version
    for each in others:
        if each.version < place and each.about.digest != active.about.digest:
            return each
    raise UserMistake("flow_nothing_before", flow=name, version=active.version)


# --- changing ------------------------------------------------------------------------------------------------------


def activate(connection: Connection, enterprise: EnterpriseId, new: NewVersion, by: str) -> FlowChange:
    """Make the text of a file the active version of its flow, unless it is that already. `by` says who did it."""
    before = active_flows(connection, enterprise).get(new.name)
    digest = digest_of(new.text)
    if before is not None and before.about.digest == digest:
        return FlowChange(before, before)
    return _add(connection, enterprise, before, new, by, file_digest=digest)


def roll_back(connection: Connection, enterprise: EnterpriseId, old: StoredFlow, by: str, reason: str) -> FlowChange:
    """Make the text of an earlier version active again, as a new version; the file is as it was and stays so.

    UserMistake `flow_version_active` where that text is active.
    """
    before = active_flows(connection, enterprise)[old.name]
    if before.about.digest == old.about.digest:
        raise UserMistake("flow_version_active", flow=old.name, version=old.version, active=before.version)
    new = NewVersion(old.name, old.text, reason, old.about.accepted)
    origin = old.about.from_version or old.version
    return _add(connection, enterprise, before, new, by, file_digest=before.file_digest, from_version=origin)


def edit(
    connection: Connection, enterprise: EnterpriseId, name: str, change: Callable[[str], str], by: str
) -> FlowChange:
    """Change the active text of a flow by a rule that is applied to its file as well.

    Where a rollback parted the two, the file that was taken over last is found among the versions, so that a start
    still knows it when the rule has been applied to it.
    """
    versions = versions_of(connection, enterprise, name)
    before = versions[0]
    file = next((each.text for each in versions if each.about.digest == before.file_digest), before.text)
    new = NewVersion(name, change(before.text), before.about.reason, before.about.accepted)
    return _add(connection, enterprise, before, new, by, file_digest=digest_of(change(file)))


def _add(
    connection: Connection,
    enterprise: EnterpriseId,
    before: StoredFlow | None,
    new: NewVersion,
    by: str,
    *,
    file_digest: str,
    from_version: int | None = None,
) -> FlowChange:
    name = storable_text(new.name)
    parameters = {
        "enterprise": enterprise,
        "name": name,
        "version": before.version + 1 if before is not None else 1,
        "digest": digest_of(new.text),
        "text": storable_text(new.text),
        "by": storable_text(by),
        "from_version": from_version,
        "file_digest": file_digest,
        "reason": storable_text(new.reason),
        "accepted": json.dumps(new.accepted),
    }
    connection.execute(query("add_flow_version"), parameters)
    return FlowChange(before, active_flows(connection, enterprise)[name])


def _stored(row: Row[Any]) -> StoredFlow:
    about = FlowVersion(
        version=row.version,
        digest=row.digest,
        activated_at=row.activated_at,
        activated_by=row.activated_by,
        from_version=row.from_version,
        reason=row.reason,
        accepted=tuple(row.accepted),
    )
    return StoredFlow(row.name, about, row.text, row.file_digest)
