"""YAML as flows are written in it: text to plain data, with the place of everything in it.

A smaller language than YAML, because `on`, `010` and `12:30` must stay what the admin wrote: true/false, decimal
numbers and null have a meaning, all else is text. No tabs, anchors, aliases or tags. Keys are always text (`1:` is
"1"); words of another language for a key are to become ours here, in `_entries`, so that no later code meets two names
for one thing. The order of the checks is a matter of safety: size and depth come before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Protocol, TypeAlias

import yaml

from fs_control.flow.problems import MAX_PROBLEMS, FlowProblem, FlowProblems, shown

MAX_CHARACTERS: Final = 256 * 1024
"""A flow of MAX_STEPS steps has a quarter of this; reading it takes a fraction of a second."""
MAX_DEPTH: Final = 20
"""A flow needs six levels; deep nesting takes the YAML parser quadratic time and then the stack."""

Path: TypeAlias = tuple[str, ...]
Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"

_NOT_IN_YAML: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB_BEFORE_TEXT: Final = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)

_STR: Final = "tag:yaml.org,2002:str"
_BOOL: Final = "tag:yaml.org,2002:bool"
_INT: Final = "tag:yaml.org,2002:int"
_FLOAT: Final = "tag:yaml.org,2002:float"
_NULL: Final = "tag:yaml.org,2002:null"


class _Mark(Protocol):
    """A place as PyYAML has it, in two classes, counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _FlowLoader(yaml.CSafeLoader):
    """The YAML parser with our own, fewer meanings of unquoted words."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own name and shape


_FlowLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_FlowLoader.add_implicit_resolver(_INT, re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))
_FlowLoader.add_implicit_resolver(_FLOAT, re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"), list("-0123456789"))
_FlowLoader.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, line and column counted from 1."""

    line: int
    column: int


TOP: Final = Place(1, 1)


@dataclass(slots=True)
class Source:
    """A text that was read: its data, the places of its keys and values, and what is wrong with it so far."""

    filename: str
    data: Data = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[FlowProblem] = field(default_factory=list)

    def place_of_value(self, path: Path) -> Place:
        """Return where a value stands; for one that is not there, where its surroundings begin."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, TOP)

    def place_of_key(self, path: Path) -> Place:
        """Return where a key stands; for one that is not there, where its surroundings begin."""
        while path not in self.keys and path:
            path = path[:-1]
        return self.keys.get(path, TOP)

    def report(self, place: Place, code: str, path: Path = (), **values: str) -> None:
        """Note a problem."""
        self.problems.append(FlowProblem(self.filename, place.line, place.column, code, values, ".".join(path)))

    def refusal(self) -> FlowProblems:
        """Return all that was noted, as the error to raise."""
        return FlowProblems(self.filename, self.problems)

    def stop_if_wrong(self) -> None:
        """Raise the refusal, if anything was noted."""
        if self.problems:
            raise self.refusal()


def read_source(text: str, filename: str) -> Source:
    """Read a text. A key that is written twice counts once and is noted in `problems`.

    Raises FlowProblems where there is nothing to go on with: too large, too deep, not YAML, or empty.
    """
    source = Source(filename)
    _check_characters(text, source)
    source.stop_if_wrong()
    try:
        _check_events(text, source)
        source.stop_if_wrong()
        root = _FlowLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, source)
        raise source.refusal() from error
    if root is None:
        source.report(TOP, "flow_empty")
        raise source.refusal()
    source.data = _plain(root, (), source)
    return source


def _check_characters(text: str, source: Source) -> None:
    if len(text) > MAX_CHARACTERS:
        source.report(TOP, "flow_too_long", limit=str(MAX_CHARACTERS))
        return
    for found in islice(_NOT_IN_YAML.finditer(text), MAX_PROBLEMS):
        source.report(_place_at(text, found.start()), "flow_bad_character", character=f"U+{ord(found.group()):04X}")
    for found in islice(_TAB_BEFORE_TEXT.finditer(text), MAX_PROBLEMS):
        source.report(_place_at(text, found.end() - 1), "flow_tab")


def _check_events(text: str, source: Source) -> None:
    """Refuse what may not be built, from the stream of the parser's events."""
    depth = 0
    for event in yaml.parse(text, _FlowLoader):
        if isinstance(event, yaml.NodeEvent):
            _check_node_event(event, source)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            source.report(_place(event.start_mark), "flow_too_deep", limit=str(MAX_DEPTH))
            return


def _check_node_event(event: yaml.NodeEvent, source: Source) -> None:
    if event.anchor is not None:
        source.report(_place(event.start_mark), "flow_alias", name=shown(event.anchor))
    tag = getattr(event, "tag", None)
    if tag is not None:
        source.report(_place(event.start_mark), "flow_tag", tag=shown(tag))


def _report_syntax(error: yaml.MarkedYAMLError, source: Source) -> None:
    place = _place(error.problem_mark)
    detail = ", ".join(part for part in (error.context, error.problem) if part)
    if "an alias" in detail or "an anchor" in detail:
        source.report(place, "flow_alias", name="")
    else:
        source.report(place, "flow_not_yaml", detail=detail)


def _plain(node: yaml.Node, path: Path, source: Source) -> Data:
    """Turn a node into plain data, noting the place of everything below it."""
    source.values[path] = _place(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return {key: _plain(value, (*path, key), source) for key, value in _entries(node, path, source)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, str(index)), source) for index, item in enumerate(node.value)]
    return _scalar(node)


def _entries(node: yaml.MappingNode, path: Path, source: Source) -> Iterator[tuple[str, yaml.Node]]:
    """Give each key once; another of the same name, or one that is no text, is noted and left out."""
    for key_node, value in node.value:
        place = _place(key_node.start_mark)
        key = _key_of(key_node)
        if key is None:
            source.report(place, "flow_key_not_text", path)
        elif (*path, key) in source.keys:
            first = source.keys[(*path, key)]
            source.report(place, "flow_key_twice", (*path, key), key=shown(key), line=str(first.line))
        else:
            source.keys[(*path, key)] = place
            yield key, value


def _key_of(node: yaml.Node) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _scalar(node: yaml.Node) -> Data:
    text: str = node.value
    if node.tag == _BOOL:
        return text == "true"
    if node.tag == _INT:
        return int(text)
    if node.tag == _FLOAT:
        return float(text)
    return None if node.tag == _NULL else text


def _place(mark: _Mark | None) -> Place:
    return TOP if mark is None else Place(mark.line + 1, mark.column + 1)


def _place_at(text: str, index: int) -> Place:
    return Place(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)
