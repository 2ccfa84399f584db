#!/usr/bin/env python3
"""Writes docs/flows/*.md anew, a page for each kind of step: tools/in-env python tools/make_flow_pages.py

A page is made of what the code says: the docstring of the step's module with its example, the keys of the step's class
with their types, limits and defaults, and the exits of the example. Whoever changes a step runs this again; a test
compares the pages with the code.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from fs_control.flow import NODE_TYPES
from fs_control.flow.nodes import names, values
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.dial import OutsideNumber
from fs_control.flow.nodes.http import JsonPath, Sent, Url
from fs_control.flow.nodes.set import Given
from fs_control.flow.source import read_source
from fs_control.flow.words_zh import KEYS, WORDS

PAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "flows"

KINDS: Final[Mapping[str, Any]] = {
    "a step": names.StepName,
    "a group": names.GroupName,
    "a prompt": names.PromptName,
    "an agent's number": names.AgentNumber,
    "a calendar": names.CalendarName,
    "a flow": names.FlowName,
    'a key (`0` to `9`, `"*"`, `"#"`)': names.Key,
    "a variable": values.VariableName,
    "a condition": values.Condition,
    "a sentence, with values in braces": values.Sentence,
    "a telephone number": OutsideNumber,
    "an address": Url,
    "where it stands in the JSON": JsonPath,
    "a value": Given,
    "a value, or a text with values in braces": Sent,
}
"""How a page calls the types that have a name in the code."""

NEEDED: Final = "must be there"
"""What a page, and the remark of an example, says of a key that nothing stands in for."""

PLAIN: Final = {str: "a text", int: "a whole number", float: "a number", bool: "`true` or `false`"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a module's docstring says of a step."""

    do: str
    purpose: str
    example: str
    notes: str


def told(node: type[Node]) -> Told:
    """Read the docstring of the module in which a kind of step is defined."""
    text = inspect.cleandoc(import_module(node.__module__).__doc__ or "")
    first, _, rest = text.partition("\n\n")
    found = re.fullmatch(r"`(\w+)`: (.*)", " ".join(first.split()))
    assert found is not None, f"{node.__module__} begins with no `do`: purpose"
    blocks = re.split(r"\n\n(?=\S)", rest)
    example = textwrap.dedent(blocks[0].strip("\n"))
    return Told(found.group(1), found.group(2), example, "\n\n".join(blocks[1:]))


def steps_with_pages() -> Mapping[str, type[Node]]:
    """Return the kinds of steps that have a page; an older spelling of another one has none of its own."""
    return {do: node for do, node in NODE_TYPES.items() if told(node).do == do}


def pages() -> Mapping[str, str]:
    """Return the text of every page by the name of its file."""
    return {f"{do}.md": page(do, node) for do, node in steps_with_pages().items()}


def page(do: str, node: type[Node]) -> str:
    """Return the page of one kind of step."""
    said = told(node)
    parts = [
        f"# `{do}`: {said.purpose.rstrip('.')}",
        "<!-- Made by tools/make_flow_pages.py from the code: a change here is lost. -->",
        f"```yaml\n{said.example}\n```",
        said.notes,
        f"In Chinese: `{KEYS['do'][0]}: {WORDS['do'][do][0]}`.",
        _keys(node, said.example),
        _exits(node, said.example),
        "All kinds of steps: [Writing a flow](../flows.md#the-steps).",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


# --- keys ----------------------------------------------------------------------------------------------------------


def _keys(node: type[Node], example: str) -> str:
    remarks = dict(_remarks(example))
    rows = [
        (f"`{key}`", chinese(key), type_words(field), default_words(field), remarks.get(key, ""))
        for key, field in _in_order(node, example).items()
    ]
    if not rows:
        return "## Keys\n\nNone but `do`."
    inner = [part for name, part in _parts(node)]
    table = _table(("key", "中文", "what may stand there", "without it", ""), rows)
    return "\n\n".join(["## Keys", table, *inner])


def _in_order(node: type[Node], example: str) -> Mapping[str, FieldInfo]:
    """Return the keys of a step in the order of its example, and behind them those that it does not show."""
    fields = {field.alias or name: field for name, field in node.model_fields.items() if name != "do"}
    shown = re.findall(r"^  (?:# )?(\w+):", example, re.MULTILINE)
    return {key: fields[key] for key in (*shown, *fields) if key in fields}


def _parts(node: type[Node]) -> Iterator[tuple[str, str]]:
    """Yield a table for each block of keys that stands inside a step."""
    told_already: set[type[BaseModel]] = set()
    for name, field in node.model_fields.items():
        model = _model_in(field.annotation)
        if model is None or model in told_already:
            continue
        told_already.add(model)
        alike = [other for other, each in node.model_fields.items() if _model_in(each.annotation) is model]
        rows = [
            (f"`{each.alias or inner}`", chinese(each.alias or inner), type_words(each), default_words(each))
            for inner, each in model.model_fields.items()
        ]
        heading = "In " + " and ".join(f"`{each}`" for each in alike) + ":"
        yield name, f"{heading}\n\n" + _table(("key", "中文", "what may stand there", "without it"), rows)


def _remarks(example: str) -> Iterator[tuple[str, str]]:
    """Yield the remarks of an example by the key behind whose value each stands."""
    for line in example.splitlines():
        found = re.match(r"^  (?:# )?(\w+): .*?\s{2,}# (.*)$", line)
        if found is not None:
            remark = found.group(2).rstrip(",").removeprefix(NEEDED).removeprefix(": ")
            yield found.group(1), remark


def chinese(key: str) -> str:
    """Return the Chinese word that means the same as a key."""
    return f"`{KEYS[key][0]}`"


def type_words(field: FieldInfo) -> str:
    """Say what may stand at a key."""
    words = _type(field.annotation, tuple(field.metadata))
    return words if words in KINDS else words + _limits(field.metadata)


def _type(annotation: Any, metadata: tuple[Any, ...] = ()) -> str:
    named = next((words for words, alias in KINDS.items() if _is(alias, annotation, metadata)), None)
    if named is not None:
        return named
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inside[0], inside[1:]) + _limits(inside[1:])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_type(each) for each in inside if each is not NoneType))
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in inside)
    if origin is list:
        return f"a list, each {_type(inside[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return f"for {_type(inside[0])}: {_type(inside[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a block of keys, see below"
    return PLAIN[annotation]


def _is(alias: Any, annotation: Any, metadata: tuple[Any, ...]) -> bool:
    """Tell whether a type is the one that has a name, whole or taken apart by pydantic: by what checks its values."""
    if annotation == alias:
        return True
    checks = [each for each in get_args(alias)[1:] if isinstance(each, AfterValidator)]
    return bool(checks) and all(check in metadata for check in checks)


def _limits(written: Any) -> str:
    metadata = [each for one in written for each in (one.metadata if isinstance(one, FieldInfo) else [one])]
    least = next((each.ge for each in metadata if hasattr(each, "ge")), None)
    most = next((each.le for each in metadata if hasattr(each, "le")), None)
    longest = next((each.max_length for each in metadata if hasattr(each, "max_length")), None)
    if least is not None and most is not None:
        return f", {least} to {most}"
    return f", at most {longest}" if longest is not None else ""


def default_words(field: FieldInfo) -> str:
    """Say what counts where a key is not written."""
    default = field.default
    if default is PydanticUndefined:
        return f"**{NEEDED}**"
    if default is None or default == {}:
        return ""
    written = str(default).lower() if isinstance(default, bool) else f"{default:g}" if _is_number(default) else default
    return f"`{written}`"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each)) is not None), None)


# --- exits ---------------------------------------------------------------------------------------------------------


def _exits(node: type[Node], example: str) -> str:
    written = read_source(example, "").data
    assert isinstance(written, dict)  # an example is a step with its name
    shown = node.model_validate(*written.values())
    exits = shown.exits()
    if not exits:
        return "## Exits\n\nNone: no step of this flow comes after it."
    rows = [(f"`{name}`", f"`{step}`") for name, step in exits.items()]
    said = "As `flow draw` and `flow try --all-paths` call them, and where they lead in the example:"
    return f"## Exits\n\n{said}\n\n" + _table(("exit", "leads to"), rows)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def main() -> int:
    """Write the pages, and remove those of steps that are no more."""
    PAGES.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in PAGES.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
