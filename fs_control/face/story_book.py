"""What a story needs besides the record: names of agents and groups, and the words of the prompts.

Owns no sentence. A record keeps ids and names of prompts; whoever tells it looks up here what people call them. Easy
to break: the directory is today's and the record may be last year's, so whatever is named may be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from fs_control.face.punctuation import with_note
from fs_control.ids import AgentId, GroupId
from fs_control.media.prompts import shipped_words
from fs_control.records import Directory, FlowText
from fs_control.texts import sentence

if TYPE_CHECKING:
    from fs_control.store.prompts import StoredPrompt


@dataclass(frozen=True, slots=True)
class StoryBook:
    """Names and words; `words` is prompt -> language -> what is said, `languages` is flow -> its language."""

    directory: Directory = field(default_factory=Directory)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)

    def agent(self, agent: AgentId, language: str) -> str:
        """Return an agent's name with the number."""
        known = self.directory.agents.get(agent)
        if known is None:
            return sentence("story.agent_gone", {"id": agent}, language)
        return with_note(known.name, known.number, language)

    def agent_numbered(self, number: str, language: str) -> str:
        """Return the name and number of the agent who has this number; the number alone where nobody has it now."""
        named = (known.id for known in self.directory.agents.values() if known.number == number)
        agent = next(named, None)
        return number if agent is None else self.agent(agent, language)

    def short_agent(self, agent: AgentId, language: str) -> str:
        """Return an agent's name alone, for a second mention."""
        known = self.directory.agents.get(agent)
        return known.name if known is not None else self.agent(agent, language)

    def group(self, group: GroupId | None, language: str) -> str:
        """Return a group's name."""
        known = self.directory.groups.get(group) if group is not None else None
        return known.name if known is not None else sentence("story.group_gone", {"id": group}, language)

    def spoken(self, prompt: str, flow: str | None) -> str:
        """Return the words that a caller in this flow heard; of a prompt whose words are not known, its name.

        A sentence of the centre itself (`flow` None) is spoken in the enterprise's language.
        """
        return self._said(prompt, self._language_of(flow)) or prompt

    def meaning(self, prompt: str, flow: str | None, language: str) -> str | None:
        """Return the words in the reader's language, where the caller heard another one."""
        return self._said(prompt, language) if self._language_of(flow) != language else None

    def _said(self, prompt: str, language: str) -> str | None:
        return self.words.get(prompt, {}).get(language)

    def _language_of(self, flow: str | None) -> str:
        return self.languages.get(flow or "", self.directory.language)


def story_book(
    directory: Directory, flows: Iterable[FlowText] = (), recordings: Iterable[StoredPrompt] = ()
) -> StoryBook:
    """Return the book for a directory, its active flows, the shipped prompts and the operator's recordings.

    Of a recording that took the place of a shipped prompt, the words are those that were given for it, or not known.
    """
    words = {name: dict(said) for name, said in shipped_words().items()}
    for recording in recordings:
        words.setdefault(recording.name, {})[recording.language] = recording.says or recording.name
    return StoryBook(directory, words, {flow.name: _language(flow, directory) for flow in flows})


def _language(flow: FlowText, directory: Directory) -> str:
    """Return the language that a flow names; whether the flow is right otherwise is not judged here."""
    try:
        fields = yaml.safe_load(flow.text)
    except yaml.YAMLError:
        return directory.language
    return str(fields.get("language", directory.language)) if isinstance(fields, dict) else directory.language
