"""The world of a flow as this installation has it: what the proof is told of groups, prompts and calendars.

Pure but for the prompts, whose files are looked at. Easy to break: a prompt must be there in every language, for each
flow chooses its own.
"""

from __future__ import annotations

from typing import Final

from fs_control.errors import UserMistake
from fs_control.flow.proof import PromptState, Surroundings
from fs_control.ids import Micros
from fs_control.media.prompts import LANGUAGES, prompt_names, prompt_path, prompts_folder, seconds_of
from fs_control.records import Directory

MONTH_DAYS: Final = 31


def surroundings_of(directory: Directory, prompts: dict[str, PromptState], now: Micros, months: int) -> Surroundings:
    """Return the world of the flows of an enterprise, from now on for so many months."""
    groups = {group.name: len(group.members) for group in directory.groups.values()}
    return Surroundings(groups, prompts)


def prompts_of() -> dict[str, PromptState]:
    """Return the prompts that there are, each with whether something is heard of it in every language."""
    return {name: _state_of(name) for name in prompt_names()}


def _state_of(name: str) -> PromptState:
    try:
        lengths = [seconds_of(prompt_path(prompts_folder(), name, language)) for language in LANGUAGES]
    except UserMistake:
        return PromptState.UNPLAYABLE
    return PromptState.PLAYABLE if all(lengths) else PromptState.EMPTY
