"""How versions of flows are shown: as rows, as one head line, as JSON; the same for every command about them.

Easy to break: a version is kept for years, so its moment is shown with the year.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fs_control.face.clock_words import local_time
from fs_control.face.options import load_settings
from fs_control.face.punctuation import listed
from fs_control.face.words import language, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fs_control.store.flow_versions import FlowVersion, StoredFlow


def plain_version(flow: StoredFlow, *, with_text: bool = False) -> dict[str, Any]:
    """Return a version for machines."""
    about = {"name": flow.name, **asdict(flow.about)}
    return {**about, "text": flow.text} if with_text else about


def moment(flow: StoredFlow, zone: str) -> str:
    """Return when a version was activated."""
    return f"{local_time(flow.about.activated_at, zone):%Y-%m-%d %H:%M:%S}"


def head_of(flow: StoredFlow, zone: str) -> str:
    """Return one line that says which version this is, since when, and by whom."""
    at, by = moment(flow, zone), flow.about.activated_by
    return words("flow_version_head", flow=flow.name, version=flow.version, at=at, by=by)


def remarks_on(about: FlowVersion) -> list[str]:
    """Return what is to be said of a version besides: where its text is from, what was accepted, and why."""
    found = []
    if about.from_version is not None:
        found.append(words("flow_version_from", version=about.from_version))
    if about.accepted:
        found.append(words("flow_version_accepted", rules=about.accepted))
    if about.reason:
        found.append(words("flow_version_reason", reason=about.reason))
    return found


def remark_cell(about: FlowVersion) -> str | None:
    """Return the same as one cell of a table."""
    return listed(remarks_on(about), language()) or None


def file_of(name: str) -> Path:
    """Return the admin's file of a flow, whether or not there is one."""
    return Path(load_settings().flows) / f"{name}.yaml"


def text_of_file(name: str) -> str | None:
    """Return what the admin's file of a flow says, with plain ends of lines; None where there is none to be read."""
    try:
        return file_of(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def names(flows: Iterable[str]) -> str:
    """Return names as one text."""
    return listed(flows, language())
