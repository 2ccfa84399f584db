"""Texts read by the names that an enterprise has at this moment.

The one place that gathers those names for whoever activates; the reading is that of every command. Easy to break: a
flow may run another that is only about to be active, so the names of all that are activated together count.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from fs_control.activating.judgement import Draft
from fs_control.flow import FlowFile, KnownNames, PromptNames, Reading, read_flow_files
from fs_control.records import Directory
from fs_control.store.flow_reading import names_of


def read_drafts(
    drafts: Sequence[Draft],
    directory: Directory,
    active: Sequence[Draft],
    prompts: PromptNames,
    owners: Collection[str] = (),
    *,
    can_dial: bool = True,
) -> tuple[Reading, ...]:
    """Read texts by the names of a directory, among the flows that are active beside them.

    To run a flow that is neither is a mistake. `prompts` are those that there are; `owners` are the agents who have
    customers; `can_dial`: there is a gateway to outside numbers.
    """
    known: KnownNames = replace(names_of(directory, (), prompts, owners), flows=(), can_dial=can_dial)
    return read_flow_files(map(_file, drafts), known, beside=map(_file, active))


def _file(draft: Draft) -> FlowFile:
    return FlowFile(draft.place, draft.name, draft.text.encode())
