"""One agent put in the place of another in the text of a flow, with comments, order and quotes as they were (M13).

Changes the text itself at the places that PyYAML marks and writes no YAML anew, so that an admin finds their own file
again. Easy to break: whom a list names already is not named twice, so the old name goes out of it with its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Final

import yaml
from yaml.nodes import Node, ScalarNode, SequenceNode

from fs_control.errors import BrokenInvariant
from fs_control.store.flow_names import names_in_flow, values_that_name

AGENT: Final = "agent"
_QUOTES: Final = ("'", '"')


@dataclass(frozen=True, slots=True)
class FlowEdit:
    """A flow as it is and as it is to be."""

    name: str
    before: str
    after: str

    def applied_to(self, text: str) -> str:
        """Return what this edit makes of a text: one that is another already stays as it is."""
        return self.after if text == self.before else text

    def diff(self) -> str:
        """Return what changes, as `diff -u` shows it."""
        return diff_of(self.before, self.after, f"{self.name}.yaml", f"{self.name}.yaml")


def diff_of(before: str, after: str, name_before: str, name_after: str) -> str:
    """Return what changes from one text to another, as `diff -u` shows it; nothing where nothing does."""
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name_before, name_after)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters of a text, and what is to stand in their place."""

    start: int
    end: int
    instead: str


def with_other_agent(text: str, old: str, new: str) -> str:
    """Return a flow's text in which every step that names agent `old` names `new`; the same text where none does."""
    names = names_in_flow(text, AGENT)
    if old == new or old not in names:
        return text
    changed = text
    for cut in sorted(_cuts(text, old, new), key=lambda cut: cut.start, reverse=True):
        changed = changed[: cut.start] + cut.instead + changed[cut.end :]
    if names_in_flow(changed, AGENT) != (names - {old}) | {new}:  # better no edit than a wrong one
        raise BrokenInvariant("flow_edit_failed", old=old, new=new)
    return changed


def _cuts(text: str, old: str, new: str) -> Iterator[_Cut]:
    for value in values_that_name(yaml.compose(text, Loader=yaml.CSafeLoader), AGENT):
        if isinstance(value, SequenceNode):
            yield from _cuts_of_list(text, value, old, new)
        elif _is(value, old):
            yield _renamed(text, value, new)


def _cuts_of_list(text: str, items: SequenceNode, old: str, new: str) -> Iterator[_Cut]:
    """Rename the first one, unless the new name is in the list; take every other one out."""
    found = [index for index, item in enumerate(items.value) if _is(item, old)]
    if found and not any(_is(item, new) for item in items.value):
        yield _renamed(text, items.value[found.pop(0)], new)
    without = _lines_cut if not items.flow_style else _items_cut
    yield from without(text, items.value, found)


def _renamed(text: str, scalar: Node, new: str) -> _Cut:
    start, end = _span(scalar)
    quote = text[start] if text[start] in _QUOTES else ""
    return _Cut(start, end, f"{quote}{new}{quote}")


def _lines_cut(text: str, items: Sequence[Node], found: Sequence[int]) -> Iterator[_Cut]:
    """Cut items out of a list of lines, each with its line."""
    for start, end in (_span(items[index]) for index in found):
        after = text.find("\n", end)
        yield _Cut(text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after + 1, "")


def _items_cut(_text: str, items: Sequence[Node], found: Sequence[int]) -> Iterator[_Cut]:
    """Cut items out of a list in brackets: up to the next one that stays, or those at its end with the comma before."""
    for index in found:
        kept = next((later for later in range(index + 1, len(items)) if later not in found), None)
        if kept is None:
            last = next(earlier for earlier in reversed(range(index)) if earlier not in found)
            yield _Cut(_span(items[last])[1], _span(items[-1])[1], "")
            return
        if index - 1 not in found:
            yield _Cut(_span(items[index])[0], _span(items[kept])[0], "")


def _is(node: Node, name: str) -> bool:
    return isinstance(node, ScalarNode) and node.value == name


def _span(node: Node) -> tuple[int, int]:
    start, end = node.start_mark, node.end_mark
    if start is None or end is None:  # only a node that no parser made
        raise BrokenInvariant("flow_edit_failed", old="", new="")
    return start.index, end.index
