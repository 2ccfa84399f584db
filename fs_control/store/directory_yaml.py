"""A directory file in YAML, cut into entries.

Works on the nodes of the document and builds no values from them: PyYAML's own reading would make 8 of 010, true of
`on`, and would lose a key that is written twice. Easy to break: a file may be shaped in any way and a list may hold
itself, so every node is asked for its kind before it is used, and nothing here descends deeper than the known shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fs_control.store.directory_check import nearest
from fs_control.store.directory_entries import FIELDS, Cell, Entry, Problems
from fs_control.store.directory_plan import ItemKind, Place

_LISTS: Final = {
    "agents": ItemKind.AGENT,
    "groups": ItemKind.GROUP,
    "numbers": ItemKind.NUMBER,
    "calendars": ItemKind.CALENDAR,
}
_SECTIONS: Final = ("enterprise", "phones", *_LISTS)
_MAY_BE_LISTS: Final = ("overflow", "hours", "special", "holidays", "working_days")
_NOTHING: Final = ("", "~", "null", "Null", "NULL")

_MAX_DEPTH: Final = 8
"""The members of a group are at depth 4; a deep nesting takes the parser quadratic time and then the stack."""
_NOT_IN_YAML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.1 does not allow in a text (section 5.1)."""


def read_yaml(text: str, problems: Problems) -> list[Entry]:
    """Return the entries of a YAML text; what cannot be read goes to `problems`."""
    if bad := _NOT_IN_YAML.search(text):
        problems.add(_place_at(text, bad.start()), "character_not_allowed", character=f"U+{ord(bad.group()):04X}")
        return []
    try:
        if _is_too_deep(text, problems):
            return []
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        problems.add(_place(error.problem_mark), "yaml_unreadable", reason=error.problem)
        return []
    return [] if root is None else list(_sections(root, problems))


def _is_too_deep(text: str, problems: Problems) -> bool:
    """Note and stop at the first list or mapping that is nested deeper than any of ours."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            problems.add(_place(event.start_mark), "nested_too_deep")
            return True
    return False


def _sections(root: Node, problems: Problems) -> Iterator[Entry]:
    for key, node in _pairs(root, "file", _SECTIONS, problems):
        if key.text == "enterprise":
            yield from _entry(ItemKind.ENTERPRISE, node, problems)
        elif key.text == "phones":
            yield from _phones(node, problems)
        else:
            for one in _items(node, key.text, problems):
                yield from _entry(_LISTS[key.text], one, problems)


def _phones(node: Node, problems: Problems) -> Iterator[Entry]:
    for one in _items(node, "phones", problems):
        cell = _cell(one, "phone", problems)
        if cell is not None:
            yield Entry(ItemKind.PHONE, cell.place, {"phone": cell})


def _entry(kind: ItemKind, node: Node, problems: Problems) -> Iterator[Entry]:
    """Yield the entry that a mapping holds; what is no mapping is a problem and nothing more."""
    names = (*FIELDS[kind], "members") if kind is ItemKind.GROUP else FIELDS[kind]
    cells: dict[str, Cell] = {}
    members: tuple[Cell, ...] = ()
    for key, value in _pairs(node, kind, names, problems):
        if key.text == "members":
            found = [_cell(one, "members", problems) for one in _items(value, "members", problems)]
            members = tuple(cell for cell in found if cell is not None)
        elif (cell := _cell_or_list(value, key.text, problems)) is not None:
            cells[key.text] = cell
    if isinstance(node, MappingNode):
        yield Entry(kind, _place(node.start_mark), cells, members)


# --- nodes ---------------------------------------------------------------------------------------------------------


def _pairs(node: Node, where: str, names: Sequence[str], problems: Problems) -> Iterator[tuple[Cell, Node]]:
    """Yield the keys of a mapping that are among `names`, each once, with what they hold."""
    if not isinstance(node, MappingNode):
        problems.add(_place(node.start_mark), "shape_wrong", field=where, expected="mapping")
        return
    first_lines: dict[str, int] = {}
    for key_node, value in node.value:
        place = _place(key_node.start_mark)
        name = key_node.value if isinstance(key_node, ScalarNode) else ""
        if name not in names:
            problems.add(place, "key_unknown", key=name, field=where, nearest=nearest(name, names), valid=tuple(names))
        elif name in first_lines:
            problems.add(place, "key_twice", key=name, first_line=first_lines[name])
        else:
            first_lines[name] = place.line
            yield Cell(name, place), value


def _items(node: Node, name: str, problems: Problems) -> Sequence[Node]:
    """Return the items of a list; a key with nothing behind it is an empty list."""
    if isinstance(node, SequenceNode):
        items: Sequence[Node] = node.value
        return items
    if not _is_nothing(node):
        problems.add(_place(node.start_mark), "shape_wrong", field=name, expected="list")
    return []


def _cell_or_list(node: Node, name: str, problems: Problems) -> Cell | None:
    """Return a cell; one that holds several things may be written as a list, too, and is then joined by commas."""
    if name not in _MAY_BE_LISTS or not isinstance(node, SequenceNode):
        return _cell(node, name, problems)
    found = [_cell(one, name, problems) for one in node.value]
    text = ", ".join(cell.text for cell in found if cell is not None)
    return Cell(text, _place(node.start_mark)) if text else None


def _cell(node: Node, name: str, problems: Problems) -> Cell | None:
    """Return what a scalar says, word for word; None for nothing."""
    if not isinstance(node, ScalarNode):
        problems.add(_place(node.start_mark), "shape_wrong", field=name, expected="text")
        return None
    text = str(node.value).strip()
    return None if not text or _is_nothing(node) else Cell(text, _place(node.start_mark))


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.style and node.value in _NOTHING


def _place(mark: Any) -> Place:
    return Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)


def _place_at(text: str, index: int) -> Place:
    return Place(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
