"""Texts read by the names that an enterprise has at this moment.

The one place that gathers those names for whoever activates; the reading is that of every command. Easy to break: a
flow may run another that is only about to be active, so the names of all that are activated together count.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from fs_control.activating.judgement import Draft
from fs_control.flow import FlowFile, KnownNames, Reading, read_flow_files
from fs_control.media.prompts import prompt_names
from fs_control.records import Directory
from fs_control.store.flow_reading import names_of


def read_drafts(
    drafts: Sequence[Draft], directory: Directory, names: Collection[str], owners: Collection[str] = ()
) -> tuple[Reading, ...]:
    """Read texts by the names of a directory.

    `names` are those of all flows that are active or about to be: to run another one is a mistake. `owners` are the
    agents who have customers.
    """
    known: KnownNames = replace(names_of(directory, (), prompt_names(), owners), flows=names)
    files = [FlowFile(draft.place, draft.name, draft.text.encode()) for draft in drafts]
    return read_flow_files(files, known)
