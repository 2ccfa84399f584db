"""Which groups, agents and calendars the text of a flow names, found without reading it as a flow.

A step names one behind the key `group`, `agent` or `calendar`, or several behind `groups`, `agents` or `targets`, or a
Chinese word for one of these. Easy to break: the name of a step or of a menu's target may be equal to that of a group,
so only these keys count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fs_control.flow.words_zh import KEYS

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "group": ("group", "groups", *KEYS["group"]),
    "agent": ("agent", "agents", "targets", *KEYS["agent"], *KEYS["targets"]),
    "calendar": ("calendar", *KEYS["calendar"]),
}
"""What is named -> the keys behind which it is."""


def names_in_flow(text: str, kind: str) -> frozenset[str]:
    """Return what a flow names of a kind (`group`, `agent`, `calendar`) anywhere in it; nothing where it is no YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return frozenset()
    return frozenset(scalar for value in values_that_name(root, kind) for scalar in _scalars(value))


def values_that_name(root: Node | None, kind: str) -> Iterator[Node]:
    """Yield what stands behind each key that names something of a kind, in a document as PyYAML composes it."""
    return (value for found, value in _pairs(root) if found in _KEYS[kind])


def _pairs(root: Node | None) -> Iterator[tuple[str, Node]]:
    """Yield every pair of every mapping; a node that holds itself is looked at once."""
    waiting: list[Node] = [] if root is None else [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode):
            for name, value in node.value:
                waiting.append(value)
                if isinstance(name, ScalarNode):
                    yield name.value, value


def _scalars(node: Node) -> Iterator[str]:
    for each in node.value if isinstance(node, SequenceNode) else [node]:
        if isinstance(each, ScalarNode):
            yield each.value
