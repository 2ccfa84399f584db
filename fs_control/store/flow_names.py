"""Which groups and agents the text of a flow names, found without knowing the language of flows.

A step names one behind the key `group` or `agent`, or several behind `groups` or `agents`. Easy to break: the name of a
step or of a menu's target may be equal to that of a group, so only these keys count.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


def names_in_flow(text: str, key: str) -> frozenset[str]:
    """Return what stands behind `key` and its plural anywhere in a flow; nothing in one that is no YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return frozenset()
    keys = (key, f"{key}s")
    return frozenset(scalar for found, value in _pairs(root) if found in keys for scalar in _scalars(value))


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
