"""What pydantic says is wrong, said as problems at their places in the text.

The one place that knows pydantic's error types and the shape of its `loc`. A `loc` holds more than a path: behind
`steps.<name>` comes the tag of the node type, and a wrong key of a mapping ends in `[key]`. An error type that is not
in the tables is still a problem, in pydantic's own English.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from fs_control.flow.definition import Flow
from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import NEVER_TAKEN
from fs_control.flow.nodes.names import UNKNOWN_NAME, NameKind, Names
from fs_control.flow.nodes.values import MISTAKE
from fs_control.flow.problems import MAX_PROBLEMS, shown, with_nearest
from fs_control.flow.source import Path, Source

_KEY: Final = "[key]"


@dataclass(frozen=True, slots=True)
class _Finding:
    """An error in our words; `at_key` where the key is the culprit and not what it stands for."""

    code: str
    path: Path
    values: Mapping[str, str]
    at_key: bool = False


_Explainer: TypeAlias = Callable[[ErrorDetails, Path, Names], _Finding]


def explain(errors: Iterable[ErrorDetails], names: Names, source: Source) -> None:
    """Note every error of reading a flow from `source.data` as a problem in `source`, up to MAX_PROBLEMS."""
    for error in islice(errors, MAX_PROBLEMS):  # looking for near names takes time, and nobody reads more
        explainer = _EXPLAINERS.get(error["type"], _anything_else)
        finding = explainer(error, _path_of(error), names)
        find_place = source.place_of_key if finding.at_key else source.place_of_value
        source.report(find_place(finding.path), finding.code, finding.path, **finding.values)


def _path_of(error: ErrorDetails) -> Path:
    """Return where in the text's data an error is."""
    parts = [str(part) for part in error["loc"]]
    if parts[0:1] == ["steps"] and len(parts) > 2 and parts[2] in NODE_TYPES:
        del parts[2]
    return tuple(part for part in parts if part != _KEY)


def _unknown_name(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    kind, name = NameKind(error["ctx"]["kind"]), error["ctx"]["name"]
    return _Finding(_UNKNOWN_NAME_CODES[kind], path, with_nearest({"name": shown(name)}, name, names[kind]))


def _unknown_key(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    key = path[-1]
    return _Finding("flow_unknown_key", path, with_nearest({"key": shown(key)}, key, _keys_at(error)), at_key=True)


def _missing_key(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    return _Finding("flow_key_missing", path, {"key": path[-1]}, at_key=True)


def _missing_do(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    return _Finding("flow_key_missing", (*path, "do"), {"key": "do"}, at_key=True)


def _unknown_do(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    name = error["ctx"]["tag"]
    return _Finding("flow_unknown_do", (*path, "do"), with_nearest({"name": shown(name)}, name, NODE_TYPES))


def _never_taken(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    return _Finding("flow_exit_never_taken", path, {"exit": path[-1]}, at_key=True)


def _none_of_these(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    return _Finding("flow_not_one_of", path, {"value": shown(error["input"]), "expected": error["ctx"]["expected"]})


def _bad_word(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    at_key = error["loc"][-1] == _KEY
    return _Finding("flow_bad_word", path, {"value": shown(error["input"])}, at_key)


def _anything_else(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    return _Finding("flow_bad_value", path, {"value": shown(error["input"]), "detail": error["msg"]})


def _mistake(error: ErrorDetails, path: Path, names: Names) -> _Finding:
    """Take over what a step's own checks said."""
    return _Finding(error["ctx"]["code"], path, error["ctx"]["values"], at_key=error["loc"][-1] == _KEY)


def _wrong(code: str) -> _Explainer:
    """Make the explainer of an error whose sentence needs the value and no more."""

    def explainer(error: ErrorDetails, path: Path, names: Names) -> _Finding:
        return _Finding(code, path, {"value": shown(error["input"])})

    return explainer


def _beyond(code: str, limit: str) -> _Explainer:
    """Make the explainer of an error with a limit, which pydantic's context has under the name `limit`."""

    def explainer(error: ErrorDetails, path: Path, names: Names) -> _Finding:
        return _Finding(code, path, {"limit": f"{error['ctx'][limit]:g}"})

    return explainer


_UNKNOWN_NAME_CODES: Final[Mapping[NameKind, str]] = {
    NameKind.STEP: "flow_unknown_step",
    NameKind.GROUP: "flow_unknown_group",
    NameKind.PROMPT: "flow_unknown_prompt",
    NameKind.AGENT: "flow_unknown_agent",
    NameKind.CALENDAR: "flow_unknown_calendar",
    NameKind.FLOW: "flow_unknown_flow",
}

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
    "string_type": _wrong("flow_not_text"),
    "int_type": _wrong("flow_not_whole_number"),
    "float_type": _wrong("flow_not_number"),
    "model_type": _wrong("flow_not_block"),
    "model_attributes_type": _wrong("flow_not_block"),
    "dict_type": _wrong("flow_not_block"),
    "list_type": _wrong("flow_not_list"),
    "too_short": _wrong("flow_nothing_in_it"),
    "too_long": _beyond("flow_too_many", "max_length"),
    "greater_than_equal": _beyond("flow_number_too_small", "ge"),
    "less_than_equal": _beyond("flow_number_too_large", "le"),
}
"""pydantic's error types, its own and ours; what is not here is told in its own words."""


def _keys_at(error: ErrorDetails) -> Collection[str]:
    """Return the keys that may stand where an unknown one stands."""
    model: type[BaseModel] = Flow
    parts = [str(part) for part in error["loc"][:-1]]
    if parts[0:1] == ["steps"]:
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
