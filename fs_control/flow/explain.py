"""What pydantic says is wrong, said as problems at their places in the text.

The one place that knows pydantic's error types and the shape of its `loc`. A `loc` holds more than a path: behind
`steps.<name>` comes the tag of the node type, a wrong key of a mapping ends in `[key]`, and a union names its branch.
An error type that is not in the tables is still a problem, in pydantic's own English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeAlias, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from fs_control.flow.characters import LOOKALIKES, Place, lookalike_flaw, lookalike_in
from fs_control.flow.definition import Flow
from fs_control.flow.expressions import FUNCTIONS
from fs_control.flow.facts import FACTS
from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import NEVER_TAKEN
from fs_control.flow.nodes.names import UNKNOWN_NAME, NameKind, Names
from fs_control.flow.nodes.values import MISTAKE
from fs_control.flow.problems import MAX_PROBLEMS, shown, with_nearest
from fs_control.flow.source import Path, Source
from fs_control.flow.spoken import HOWS
from fs_control.flow.words_zh import chinese_key, chinese_word, is_chinese

_KEY: Final = "[key]"
_MOST_COMPARED: Final = 50_000
"""Names that are looked through for near ones, in all problems of one text."""
_MOST_ERRORS: Final = 5 * MAX_PROBLEMS
"""Several errors may be one problem, so more are looked at than are told."""

_NO_SIMPLE_VALUE: Final = "no_simple_value"
_WRONG_TYPES: Final = frozenset({"bool_type", "int_type", "float_type", "string_type", "int_from_float"})

_NO_BLANK: Final = re.compile(r"^[^\s:]+:(?=[^\s:/])")
_NUMBER_AND_UNIT: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[^\W\d]+\.?")
_TRUE: Final = frozenset({"yes", "on", "true", "y", "1"})
_FALSE: Final = frozenset({"no", "off", "false", "n", "0"})


@dataclass(frozen=True, slots=True)
class _Finding:
    """An error in our words; `at_key` where the key is the culprit, `at` where it is a character inside the value."""

    code: str
    path: Path
    values: Mapping[str, str]
    at_key: bool = False
    at: int | None = None


@dataclass(slots=True)
class _Reading:
    """What the explainers may ask: the names that exist, and the text."""

    names: Names
    source: Source
    compared: int = 0

    def with_nearest(self, values: Mapping[str, str], wrong: str, valid: Collection[str]) -> Mapping[str, str]:
        """Add the valid name that was probably meant; in a text of a thousand mistakes no longer."""
        self.compared += len(valid)
        return with_nearest(values, wrong, valid) if self.compared <= _MOST_COMPARED else values


_Explainer: TypeAlias = Callable[[ErrorDetails, Path, _Reading], _Finding]


def explain(errors: Iterable[ErrorDetails], names: Names, source: Source) -> None:
    """Note every error of reading a flow from `source.data` as a problem in `source`, up to MAX_PROBLEMS."""
    reading = _Reading(names, source)
    findings: dict[tuple[Path, bool], _Finding] = {}
    for path, error in _one_for_each_place(islice(errors, _MOST_ERRORS), source):
        finding = _EXPLAINERS.get(error["type"], _anything_else)(error, path, reading)
        finding = _what_it_looks_like(finding, error, reading)
        findings.setdefault((finding.path, finding.code == "flow_key_missing"), finding)
    for finding in _without_echoes(findings.values(), source):
        source.report(_place_of(finding, source), finding.code, finding.path, **finding.values)


def _one_for_each_place(errors: Iterable[ErrorDetails], source: Source) -> Iterator[tuple[Path, ErrorDetails]]:
    """Give each error with its path. Where a value may be of several types, each has its error, and one says it all."""
    at: dict[tuple[Path, str], list[ErrorDetails]] = {}
    for error in errors:
        path = _path_of(error, source)
        what = "key" if _names_a_key(error) or _is_at_key(error) else "value"
        at.setdefault((path, what), []).append(error)
    for (path, _), found in at.items():
        telling = [error for error in found if error["type"] not in _WRONG_TYPES]
        first = telling[0] if telling else found[0]
        yield path, {**first, "type": _NO_SIMPLE_VALUE} if not telling and len(found) > 1 else first


def _place_of(finding: _Finding, source: Source) -> Place:
    if finding.at_key:
        place = source.place_of_key(finding.path)
        return replace(place, column=place.column + (finding.at or 0))
    return (
        source.place_of_value(finding.path) if finding.at is None else source.place_in_value(finding.path, finding.at)
    )


def _without_echoes(findings: Iterable[_Finding], source: Source) -> list[_Finding]:
    """Leave out that something is missing where it is there, misspelt or made a remark by a #."""
    kept = list(findings)[:MAX_PROBLEMS]
    told = {*(one.path for one in kept), *(tuple(one.path.split(".")) for one in source.problems)}
    meant = {(one.path[:-1], one.values.get("nearest")) for one in kept if one.code == "flow_unknown_key"}
    return [
        one
        for one in kept
        if not (one.code == "flow_key_missing" and (one.path[:-1], one.values["key"]) in meant)
        and not (one.code == "flow_length_or_end_missing" and (*one.path, "end") in told)
    ]


def _path_of(error: ErrorDetails, source: Source) -> Path:
    """Return where in the text's data an error is: the parts of its `loc` that lead somewhere, and the last one."""
    parts = [str(part) for part in error["loc"] if part != _KEY]
    if parts[0:1] == ["steps"] and len(parts) > 2 and parts[2] in NODE_TYPES:
        del parts[2]
    path: Path = ()
    for index, part in enumerate(parts):
        if (*path, part) in source.values or (index == len(parts) - 1 and _names_a_key(error)):
            path = (*path, part)
    return path


def _is_at_key(error: ErrorDetails) -> bool:
    """Tell whether a key of a mapping is wrong, and not what it stands for."""
    return error["loc"][-1:] == (_KEY,)


def _names_a_key(error: ErrorDetails) -> bool:
    """Tell whether the last part of `loc` is a key, even if it is not in the text."""
    return error["type"] in ("missing", NEVER_TAKEN, "extra_forbidden")


# --- names and keys --------------------------------------------------------------------------------------------------


def _unknown_name(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    kind, name = NameKind(error["ctx"]["kind"]), error["ctx"]["name"]
    values = reading.with_nearest({"name": shown(name)}, name, reading.names[kind])
    return _Finding(_UNKNOWN_NAME_CODES[kind], path, values)


def _unknown_key(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    written = reading.source.written(path)
    keys = _keys_at(error)
    if len(path) == 1 and (*path, "do") in reading.source.keys:
        place = {"step": shown(written), "steps": reading.source.written(("steps",))}
        return _Finding("flow_step_at_margin", path, place, at_key=True)
    valid = [chinese_key(key) for key in keys] if is_chinese(written) else keys
    values = reading.with_nearest({"key": shown(written)}, written, valid)
    return _Finding("flow_unknown_key", path, values, at_key=True)


def _missing_key(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    return _Finding("flow_key_missing", path, {"key": reading.source.written(path)}, at_key=True)


def _missing_do(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    for key, written in reading.source.written_keys_of(path):
        if lookalike_in(written) is not None or _NO_BLANK.match(written):  # a key and its value, to YAML one word
            return _Finding("flow_unknown_key", (*path, key), {"key": shown(written)}, at_key=True)
    for key, written in reading.source.written_keys_of(path):
        if with_nearest({}, written, ("do", chinese_key("do"))):
            return _unknown_key({**error, "loc": (*error["loc"], key)}, (*path, key), reading)
    return _missing_key(error, (*path, "do"), reading)


def _unknown_do(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    path, name = (*path, "do"), str(error["ctx"]["tag"])
    if reading.source.written_value(path) is None:
        return _Finding("flow_not_text", path, {"value": shown(reading.source.value_at(path))})
    name = shown(reading.source.value_at(path))
    valid = [chinese_word("do", each) for each in NODE_TYPES] if is_chinese(name) else NODE_TYPES
    return _Finding("flow_unknown_do", path, reading.with_nearest({"name": shown(name)}, name, valid))


def _never_taken(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    return _Finding("flow_exit_never_taken", path, {"exit": reading.source.written(path)}, at_key=True)


def _bad_word(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    code = _CODES_OF_PATTERNS.get(error["ctx"]["pattern"], "flow_bad_word")
    return _Finding(code, path, {"value": shown(error["input"])}, _is_at_key(error))


# --- values ----------------------------------------------------------------------------------------------------------


def _none_of_these(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    value = shown(error["input"])
    words = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    if is_chinese(value) or (path and reading.source.is_chinese(path[:-1])):
        words = [chinese_word(path[-1], word) for word in words]
    values = {"value": value, "expected": ", ".join(words)}
    return _Finding("flow_not_one_of", path, reading.with_nearest(values, value, words))


def _not_text(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    value = error["input"]
    if isinstance(value, dict) and value and all(each is None for each in value.values()):
        # {balance:money}, to YAML a block
        return _Finding("flow_needs_quotes", path, {"value": shown("{" + ", ".join(value) + "}")})
    is_one_word = isinstance(value, int | float)
    return _Finding("flow_needs_quotes" if is_one_word else "flow_not_text", path, {"value": shown(error["input"])})


def _not_number(code: str) -> _Explainer:
    def explainer(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
        value = error["input"]
        plain = _plain_number(value) if isinstance(value, str) else ""
        if re.fullmatch(r"-?\d{16,}", str(value)):
            return _Finding("flow_number_too_long", path, {"value": shown(value)})
        if plain:
            return _Finding("flow_number_as_text", path, {"value": shown(value), "number": plain})
        return _Finding(code, path, {"value": shown(value)})

    return explainer


def _plain_number(text: str) -> str:
    """Return the number that somebody wrote as text: in quotes, with zeros before it, with a unit; "" for none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"0*(\d{1,15}(?:\.\d{1,9})?)", plain) or _NUMBER_AND_UNIT.fullmatch(plain)
    return found.group(1) if found else ""


def _not_switch(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    if error["input"] in ("true", "false"):
        return _Finding("flow_switch_as_text", path, {"value": shown(error["input"])})
    word = str(error["input"]).lower()
    meant = "true" if word in _TRUE else "false" if word in _FALSE else ""
    nearest = {"nearest": meant} if meant else {}
    return _Finding("flow_not_switch", path, {"value": shown(error["input"])} | nearest)


def _not_block(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    value = error["input"]
    if isinstance(value, list):
        return _Finding("flow_list_not_block", path, {"value": shown(value)})
    blank = _NO_BLANK.match(value) if isinstance(value, str) else None
    if blank is not None:
        return _Finding("flow_blank_missing", path, {"key": shown(blank.group()[:-1])}, at=blank.end())
    return _Finding("flow_not_block", path, {"value": shown(value)})


def _anything_else(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    return _Finding("flow_bad_value", path, {"value": shown(error["input"]), "detail": error["msg"]})


def _mistake(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
    """Take over what a step's own checks said, at the key or the character that it is about."""
    context, source = error["ctx"], reading.source
    code, values = context["code"], dict(context["values"])
    key = _KEY_OF.get(code) or values.get("key", "")
    if key and (*path, key) in source.keys:
        path = (*path, key)
    values |= _MORE_VALUES.get(code, {})
    values |= {name: source.written((*path[:2], value)) for name, value in values.items() if value in _TOLD_KEYS}
    names = _NAMES_FOR.get(code)
    told: Mapping[str, str] = {name: shown(value) for name, value in values.items()}
    if names is not None:
        wrong = next(iter(values.values()))
        told = reading.with_nearest(told, wrong, names)
    at_key = _is_at_key(error) or bool(key) or code in _ABOUT_THE_STEP
    return _Finding(code, path, told, at_key=at_key, at=None if at_key else context["column"])


def _wrong(code: str) -> _Explainer:
    """Make the explainer of an error whose sentence needs the value and no more."""

    def explainer(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
        return _Finding(code, path, {"value": shown(error["input"])})

    return explainer


def _beyond(code: str, limit: str) -> _Explainer:
    """Make the explainer of an error with a limit, which pydantic's context has under the name `limit`."""

    def explainer(error: ErrorDetails, path: Path, reading: _Reading) -> _Finding:
        return _Finding(code, path, {"limit": f"{error['ctx'][limit]:g}"})

    return explainer


# --- what the author saw -------------------------------------------------------------------------------------------


def _what_it_looks_like(finding: _Finding, error: ErrorDetails, reading: _Reading) -> _Finding:
    """Name the character that made something wrong by not being what it looks like, or the value that is not there."""
    source, path = reading.source, finding.path
    if finding.code in ("flow_key_missing", "flow_exit_never_taken") or not path:
        return finding
    if not finding.at_key and error["input"] is None:
        return _nothing_there(finding, source)
    text = source.written(path) if finding.at_key else source.written_value(path)
    if text is None:
        return finding
    index = _lookalike_to_blame(finding, text)
    if index is not None:
        code, values = lookalike_flaw(text[index])
        return replace(finding, code=code, values=values, at=index)
    blank = _NO_BLANK.match(text)
    if finding.code == "flow_unknown_key" and blank is not None:
        return replace(finding, code="flow_blank_missing", values={"key": shown(blank.group()[:-1])}, at=blank.end())
    return finding


def _lookalike_to_blame(finding: _Finding, text: str) -> int | None:
    """Return the index of the lookalike that made a text wrong; in a sentence they are right but between braces."""
    if finding.code == "flow_expression_unreadable":
        at = finding.at or 0
        return at if text[at : at + 1] in LOOKALIKES else None
    if finding.code == "flow_sentence_slot":
        begin = (finding.at or 0) - 1
        index = lookalike_in(text[max(begin, 0) : text.find("}", begin) + 1])
        return None if index is None else begin + index
    return None if finding.code in _ABOUT_SENTENCES else lookalike_in(text.rstrip(_ENDS_OF_SENTENCES))


def _nothing_there(finding: _Finding, source: Source) -> _Finding:
    """Tell a value that was forgotten from one that a # has made a comment."""
    if source.behind(finding.path).lstrip().startswith("#"):
        return replace(finding, code="flow_hash_begins_comment", values={})
    return replace(finding, code="flow_value_missing", values={"key": shown(source.written(finding.path))})


_ENDS_OF_SENTENCES: Final = "，；"
"""Behind a word these stand for nothing of YAML, and are to go away."""

_UNKNOWN_NAME_CODES: Final[Mapping[NameKind, str]] = {
    NameKind.STEP: "flow_unknown_step",
    NameKind.GROUP: "flow_unknown_group",
    NameKind.PROMPT: "flow_unknown_prompt",
    NameKind.AGENT: "flow_unknown_agent",
    NameKind.CALENDAR: "flow_unknown_calendar",
    NameKind.FLOW: "flow_unknown_flow",
}

_CODES_OF_PATTERNS: Final[Mapping[str, str]] = {
    r"^[0-9*#]$": "flow_bad_key",
    r"^[\w-][\w -]{0,63}$": "flow_bad_reason",
}

_KEY_OF: Final[Mapping[str, str]] = {
    "flow_prompt_and_say": "say",
    "flow_min_above_max": "min",
    "flow_sensitive_on_record": "on_record",
    "flow_body_with_get": "body",
}
"""Mistakes that are about a key of the block in which they are found."""
_ABOUT_THE_STEP: Final = frozenset({"flow_prompt_or_say_missing", "flow_length_or_end_missing"})
"""Mistakes of what is not there."""
_ABOUT_SENTENCES: Final = frozenset(
    {
        *("flow_sentence_brace", "flow_sentence_empty", "flow_text_too_long", "flow_unknown_how", "flow_unknown_fact"),
        *("flow_unknown_function", "flow_expression_not_allowed", "flow_expression_too_long"),
        *("flow_expression_one_equals", "flow_expression_too_large", "flow_reserved_variable"),
    }
)
"""Mistakes of texts in which full-width characters have their place."""
_MORE_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "flow_prompt_or_say_missing": {"prompt": "prompt", "say": "say"},
    "flow_length_or_end_missing": {"length": "length", "end": "end"},
    "flow_length_and_end": {"length": "length"},
}
"""Values that the sentences need besides those that the checks give."""
_TOLD_KEYS: Final = frozenset({"prompt", "say", "length", "end", "min", "max"})
"""Values that are keys, and told as the author writes keys."""
_NAMES_FOR: Final[Mapping[str, Collection[str]]] = {
    "flow_unknown_fact": FACTS,
    "flow_unknown_how": HOWS,
    "flow_unknown_function": FUNCTIONS,
}
"""Of which names one was probably meant."""

_EXPLAINERS: Final[Mapping[str, _Explainer]] = {
    UNKNOWN_NAME: _unknown_name,
    NEVER_TAKEN: _never_taken,
    MISTAKE: _mistake,
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "union_tag_not_found": _missing_do,
    "union_tag_invalid": _unknown_do,
    "literal_error": _none_of_these,
    "string_pattern_mismatch": _bad_word,
    "string_type": _not_text,
    "int_type": _not_number("flow_not_whole_number"),
    "int_from_float": _not_number("flow_not_whole_number"),
    "float_type": _not_number("flow_not_number"),
    "bool_type": _not_switch,
    _NO_SIMPLE_VALUE: _wrong("flow_not_simple"),
    "model_type": _not_block,
    "model_attributes_type": _not_block,
    "dict_type": _not_block,
    "mapping_type": _not_block,
    "list_type": _wrong("flow_not_list"),
    "tuple_type": _wrong("flow_not_list"),
    "too_short": _wrong("flow_nothing_in_it"),
    "string_too_short": _wrong("flow_nothing_in_it"),
    "too_long": _beyond("flow_too_many", "max_length"),
    "string_too_long": _beyond("flow_text_too_long", "max_length"),
    "greater_than_equal": _beyond("flow_number_too_small", "ge"),
    "greater_than": _beyond("flow_number_too_small", "gt"),
    "less_than_equal": _beyond("flow_number_too_large", "le"),
}
"""pydantic's error types, its own and ours; what is not here is told in its own words."""


def _keys_at(error: ErrorDetails) -> Collection[str]:
    """Return the keys that may stand where an unknown one stands."""
    model: type[BaseModel] = Flow
    parts = [str(part) for part in error["loc"][:-1]]
    if parts[0:1] == ["steps"]:
        if len(parts) < 3:  # a step of which nobody knows the kind
            return ("do",)
        model, parts = NODE_TYPES[parts[2]], parts[3:]
    for part in parts:
        if part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Return the model that a field's type is or contains."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)
