"""YAML as flows are written in it: text to plain data, with the place of everything in it.

A smaller language than YAML, because `on`, `010` and `12:30` must stay what the admin wrote: true/false, decimal
numbers and null have a meaning, all else is text. No tabs, anchors, aliases or tags. Keys are always text (`1:` is
"1"); Chinese words become the English ones here, in `_entries` and `_scalar`, so that no later code meets two names for
one thing. The order of the checks is a matter of safety: size and depth come before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeAlias

import yaml

from fs_control.flow.characters import (
    LOOKALIKES,
    MAX_CHARACTERS,
    STEERING,
    TOP,
    Flaw,
    Place,
    code_point,
    flaws_of,
    lookalike_flaw,
    place_at,
)
from fs_control.flow.problems import MAX_PROBLEMS, FlowProblem, FlowProblems, shown
from fs_control.flow.repairs import MAX_REREAD, Fix, repair, repair_words
from fs_control.flow.syntax import explain_syntax
from fs_control.flow.words_zh import chinese_key, english_key, english_word, is_chinese

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "TOP", "Data", "Path", "Place", "Source", "read_source"]

MAX_DEPTH: Final = 20
"""A flow needs six levels; deep nesting takes the YAML parser quadratic time and then the stack."""

Path: TypeAlias = tuple[str, ...]
Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"

MERGE_KEY: Final = "<<"
"""With which YAML takes over the keys of another block."""

_ONLY_HASH: Final = re.compile(r"\s*#[\s,}\]]*")
"""What was to be the key # and is a remark of nothing."""

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
class _Span:
    """A word or text in the file: where it begins and ends (indices), and what it was written as."""

    start: int
    end: int
    written: str
    is_plain: bool


@dataclass(slots=True)
class Source:
    """A text that was read: its data, the places of its keys and values, and what is wrong with it so far.

    Paths are of English words, whatever the author wrote.
    """

    filename: str
    text: str = ""
    data: Data = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[FlowProblem] = field(default_factory=list)
    written_keys: dict[Path, str] = field(default_factory=dict)
    blocks: dict[Path, list[str]] = field(default_factory=dict)
    spans: dict[Path, _Span] = field(default_factory=dict)
    added: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Line -> column and number of characters that repairs put in, and that nobody sees in the file."""
    is_misread: bool = False
    """The blocks are not those that the author sees, so that more mistakes would mean nothing."""

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

    def place_in_value(self, path: Path, index: int) -> Place:
        """Return where the character at `index` of a text value stands in the file, as nearly as can be told.

        Quotes, folded lines and escapes make a value differ from what is in the file, so the word that begins there
        is looked for, counting how often it comes before.
        """
        span = self.spans.get(path)
        if span is None:
            return self.place_of_value(path)
        end = len(span.written.rstrip())
        if 0 < end <= index:
            last = self.place_in_value(path, end - 1)
            return replace(last, column=last.column + 1)
        word = (re.match(r"\w+|\S", span.written[index:]) or [""])[0]
        if not word:
            return self.place_of_value(path)
        at = _nth(word, self.text[span.start : span.end], span.written.count(word, 0, index))
        return self.place_of_value(path) if at < 0 else self.unmended(place_at(self.text, span.start + at))

    def written(self, path: Path) -> str:
        """Return a key as the author wrote it; one that is not there, in the language of its neighbours."""
        if path in self.written_keys:
            return self.written_keys[path]
        return chinese_key(path[-1]) if self.is_chinese(path[:-1]) else path[-1]

    def written_value(self, path: Path) -> str | None:
        """Return a word or text as the author wrote it, None where the value is none."""
        span = self.spans.get(path)
        return None if span is None else span.written

    def is_chinese(self, block: Path) -> bool:
        """Tell whether the keys of a block are written in Chinese; an empty one is as the flow is."""
        words = self.written_keys_of(block)
        if not words:
            return block != () and self.is_chinese(())
        return any(is_chinese(written) and written != key for key, written in words)

    def written_keys_of(self, block: Path) -> list[tuple[str, str]]:
        """Return the keys of a block, each with what its author wrote."""
        return [(key, self.written_keys[(*block, key)]) for key in self.blocks.get(block, ())]

    def value_at(self, path: Path) -> Data:
        """Return the data at a path, None where there is none."""
        here = self.data
        for part in path:
            if isinstance(here, dict):
                here = here.get(part)
            elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
                here = here[int(part)]
            else:
                return None
        return here

    def behind(self, path: Path) -> str:
        """Return what follows a value on its line in the file."""
        span = self.spans.get(path)
        if span is None:
            return ""
        line_end = self.text.find("\n", span.start)
        return self.text[span.start : line_end if line_end >= 0 else len(self.text)]

    def is_followed_by_comment(self, path: Path) -> bool:
        """Tell whether an unquoted text ends because a comment begins behind it."""
        span = self.spans[path]
        if not span.is_plain:
            return False
        line_end = self.text.find("\n", span.end)
        rest = self.text[span.end : line_end if line_end >= 0 else len(self.text)]
        return rest.lstrip().startswith("#")

    def report(self, place: Place, code: str, path: Path = (), **values: str) -> None:
        """Note a problem."""
        self.problems.append(FlowProblem(self.filename, place.line, place.column, code, values, ".".join(path)))

    def note(self, flaw: Flaw | Fix) -> None:
        """Note a problem that was found before there were paths."""
        problem = FlowProblem(self.filename, flaw.place.line, flaw.place.column, flaw.code, flaw.values, "")
        self.problems.append(problem)

    def refusal(self) -> FlowProblems:
        """Return all that was noted, as the error to raise."""
        return FlowProblems(self.filename, self.problems)

    def stop_if_wrong(self) -> None:
        """Raise the refusal, if anything was noted."""
        if self.problems:
            raise self.refusal()

    def place(self, mark: _Mark | None) -> Place:
        """Return where a mark of the parser is in the author's file."""
        return TOP if mark is None else self.unmended(Place(mark.line + 1, mark.column + 1))

    def unmended(self, place: Place) -> Place:
        """Return a place of the text as it was mended as that in the author's file."""
        before = sum(count for column, count in self.added.get(place.line, ()) if column < place.column)
        return Place(place.line, max(1, place.column - before)) if before else place


def _nth(word: str, text: str, before: int) -> int:
    """Return where a word stands that comes `before` times before that, -1 where it does not come so often."""
    at = text.find(word)
    for _ in range(before):
        if at < 0:
            break
        at = text.find(word, at + len(word))
    return at


def read_source(text: str, filename: str) -> Source:
    """Read a text. A key that is written twice counts once and is noted in `problems`.

    Raises FlowProblems where there is nothing to go on with: too large, too deep, not YAML, or empty. What is no YAML
    for a reason that can be proved is noted, and read as it was meant.
    """
    source = Source(filename, text)
    flaws = list(flaws_of(text))
    for flaw in flaws:
        source.note(flaw)
    if not all(flaw.is_harmless for flaw in flaws):
        raise source.refusal()
    root = _composed(source)
    if root is None:
        source.report(TOP, "flow_empty")
        raise source.refusal()
    source.data = _plain(root, (), source)
    if source.is_misread:
        raise source.refusal()
    return source


def _composed(source: Source) -> yaml.Node | None:
    """Return the document, with what could be put right put right in `source.text`."""
    budget = MAX_REREAD
    while True:
        found = len(source.problems)
        try:
            _check_events(source)
            root: yaml.Node | None = _FlowLoader(source.text).get_single_node()
            mended = repair_words(source.text) if isinstance(root, yaml.ScalarNode) and not root.style else None
            if mended is None:
                return root
        except yaml.MarkedYAMLError as error:
            mended = repair(source.text, error, budget) if len(source.problems) < MAX_PROBLEMS else None
            if mended is None:
                flaw = explain_syntax(source.text, error)
                source.note(Flaw(source.unmended(flaw.place), flaw.code, flaw.values))
                raise source.refusal() from error
        budget -= mended.reread
        del source.problems[found:]  # what was found before the error is found again
        _take(mended.fixes, source)
        source.text = mended.text


def _take(fixes: tuple[Fix, ...], source: Source) -> None:
    """Note what had to be changed, and where that moved what stands behind it."""
    for fix in fixes:
        source.note(Flaw(source.unmended(fix.place), fix.code, fix.values))
    source.is_misread |= any(fix.code == "flow_wide_blank" for fix in fixes)
    for fix in fixes:
        if fix.added:
            source.added.setdefault(fix.place.line, []).append((fix.place.column, fix.added))


def _check_events(source: Source) -> None:
    """Refuse what may not be built, from the stream of the parser's events."""
    depth = 0
    found = len(source.problems)
    for event in yaml.parse(source.text, _FlowLoader):
        if isinstance(event, yaml.NodeEvent):
            _check_node_event(event, source)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            source.report(source.place(event.start_mark), "flow_too_deep", limit=str(MAX_DEPTH))
            raise source.refusal()
    if len(source.problems) > found:
        raise source.refusal()


def _check_node_event(event: yaml.NodeEvent, source: Source) -> None:
    if event.anchor is not None:
        source.report(source.place(event.start_mark), "flow_alias", name=shown(event.anchor))
    tag = getattr(event, "tag", None)
    if tag is not None:
        source.report(source.place(event.start_mark), "flow_tag", tag=shown(tag))


def _plain(node: yaml.Node, path: Path, source: Source) -> Data:
    """Turn a node into plain data, noting the place of everything below it."""
    source.values[path] = source.place(node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return {key: _plain(value, (*path, key), source) for key, value in _entries(node, path, source)}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, str(index)), source) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        source.spans[path] = _span_of(node)
        if not node.value and not node.style and _ONLY_HASH.fullmatch(source.behind(path)):
            source.report(source.values[path], "flow_hash_begins_comment", path)
        steering = STEERING.search(node.value)
        if steering is not None:  # written as an escape: the text of the file has none
            source.report(source.values[path], "flow_bad_character", path, character=code_point(steering.group()))
    return _scalar(node, path)


def _span_of(node: yaml.ScalarNode) -> _Span:
    start, end = node.start_mark, node.end_mark
    return _Span(
        start.index if start is not None else 0, end.index if end is not None else 0, node.value, not node.style
    )


def _entries(node: yaml.MappingNode, path: Path, source: Source) -> Iterator[tuple[str, yaml.Node]]:
    """Give each key once, by its English word; one written twice, or that is no text, is noted and left out."""
    for key_node, value in node.value:
        place = source.place(key_node.start_mark)
        written = _key_of(key_node)
        if written is None:
            source.report(place, "flow_key_not_text", path)
            continue
        key = english_key(path, written)
        if written == MERGE_KEY and "body" not in path:
            source.report(place, "flow_merge_key", path)
        elif LOOKALIKES.get(written[:1]) == " ":
            source.note(Flaw(place, *lookalike_flaw(written[0])))
            source.is_misread = True
        elif (*path, key) in source.keys:
            first = source.keys[(*path, key)]
            source.report(place, "flow_key_twice", (*path, key), key=shown(written), line=str(first.line))
        else:
            source.keys[(*path, key)] = place
            source.written_keys[(*path, key)] = written
            source.blocks.setdefault(path, []).append(key)
            yield key, value


def _key_of(node: yaml.Node) -> str | None:
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _scalar(node: yaml.Node, path: Path) -> Data:
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    text: str = node.value.rstrip("\n") if is_block else node.value
    if node.tag == _BOOL:
        return text == "true"
    if node.tag == _INT:
        return int(text)
    if node.tag == _FLOAT:
        return float(text)
    return None if node.tag == _NULL else english_word(path, text)
