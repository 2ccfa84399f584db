"""As much of JSON Schema (draft 7) as the schema of flows uses, checked by the letter of the standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

KNOWN: Final = frozenset({"$schema", "title", "description", "definitions", "then"})
"""Words that need no rule of their own."""


def is_valid(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Tell whether a value is as a schema wants it; a word that no rule knows is an error of the test."""
    unknown = set(schema) - set(RULES) - KNOWN
    assert not unknown, unknown
    return all(RULES[word](value, schema[word], schema, root) for word in schema if word in RULES)


def _is_type(value: Any, wanted: str) -> bool:
    types: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "null": type(None),
        "integer": int,
        "number": (int, float),
    }
    return isinstance(value, types[wanted]) and (wanted == "boolean" or not isinstance(value, bool))


def _ref(value: Any, name: str, _schema: Any, root: Any) -> bool:
    return is_valid(value, root["definitions"][name.removeprefix("#/definitions/")], root)


def _properties(value: Any, properties: Any, _schema: Any, root: Any) -> bool:
    return not isinstance(value, dict) or all(
        is_valid(value[key], below, root) for key, below in properties.items() if key in value
    )


def _patterns(value: Any, patterns: Any, _schema: Any, root: Any) -> bool:
    return not isinstance(value, dict) or all(
        is_valid(each, below, root)
        for key, each in value.items()
        for pattern, below in patterns.items()
        if re.search(pattern, key)
    )


def _additional(value: Any, wanted: Any, schema: Any, root: Any) -> bool:
    if not isinstance(value, dict):
        return True
    patterns = schema.get("patternProperties", {})
    more = [
        each
        for key, each in value.items()
        if key not in schema.get("properties", {}) and not any(re.search(pattern, key) for pattern in patterns)
    ]
    return not more if wanted is False else all(is_valid(each, wanted, root) for each in more)


def _if(value: Any, condition: Any, schema: Any, root: Any) -> bool:
    return not is_valid(value, condition, root) or is_valid(value, schema["then"], root)


def _number(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Any, Any], bool]:
    return lambda value, limit, _schema, _root: not _is_type(value, "number") or test(value, limit)


def _size(
    kind: type[str] | type[list[Any]] | type[dict[str, Any]], test: Callable[[int, int], bool]
) -> Callable[[Any, Any, Any, Any], bool]:
    return lambda value, limit, _schema, _root: not isinstance(value, kind) or test(len(value), limit)


RULES: Final[Mapping[str, Callable[[Any, Any, Any, Any], bool]]] = {
    "$ref": _ref,
    "type": lambda value, wanted, _schema, _root: _is_type(value, wanted),
    "enum": lambda value, words, _schema, _root: value in words,
    "anyOf": lambda value, several, _schema, root: any(is_valid(value, each, root) for each in several),
    "allOf": lambda value, several, _schema, root: all(is_valid(value, each, root) for each in several),
    "if": _if,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _additional,
    "required": lambda value, keys, _schema, _root: not isinstance(value, dict) or all(key in value for key in keys),
    "items": lambda value, below, _schema, root: (
        not isinstance(value, list) or all(is_valid(each, below, root) for each in value)
    ),
    "pattern": lambda value, pattern, _schema, _root: not isinstance(value, str) or bool(re.search(pattern, value)),
    "minimum": _number(lambda value, limit: value >= limit),
    "maximum": _number(lambda value, limit: value <= limit),
    "minLength": _size(str, lambda length, limit: length >= limit),
    "maxLength": _size(str, lambda length, limit: length <= limit),
    "minItems": _size(list, lambda length, limit: length >= limit),
    "maxItems": _size(list, lambda length, limit: length <= limit),
    "minProperties": _size(dict, lambda length, limit: length >= limit),
    "maxProperties": _size(dict, lambda length, limit: length <= limit),
}
