"""Which prompts the active flows may play, and which of them the library lacks.

A sentence with values in it needs the prompts of its words; the parts that say the values are shipped. Easy to break:
a flow that is broken now is somebody else's finding, and needs nothing here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from fs_control.face.doctor.facts import LibraryFacts, NeededPrompt
from fs_control.flow import FlowProblems, literal_name, literals_of, parse_flow
from fs_control.media.library import Library
from fs_control.records import FlowText


def prompts_of(flows: Iterable[FlowText]) -> tuple[NeededPrompt, ...]:
    """Return what these flows may play, each once."""
    return tuple(dict.fromkeys(prompt for text in flows for prompt in _of_one(text)))


def _of_one(text: FlowText) -> Iterator[NeededPrompt]:
    try:
        flow = parse_flow(text.text, filename=text.name, groups=None, prompts=None)
    except FlowProblems:
        return
    for name in sorted(flow.prompts_named()):
        yield NeededPrompt(flow.language, name)
    for sentence in flow.sentences():
        for words in literals_of(sentence):
            yield NeededPrompt(flow.language, literal_name(words, flow.language))


def look_at_library(library: Library, needed: Collection[NeededPrompt]) -> LibraryFacts:
    """Look which of the needed prompts lie in the library."""
    if not library.folder.is_dir():
        return LibraryFacts(str(library.folder))
    missing = tuple(each for each in needed if not library.has(each.name, each.language))
    return LibraryFacts(str(library.folder), is_made=True, count=len(needed), missing=missing)
