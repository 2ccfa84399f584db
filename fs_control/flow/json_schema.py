r"""The JSON Schema of flows, with which an editor completes and underlines while somebody writes.

Made of the models that read flows, so that it cannot say otherwise than they do; added are the Chinese words and what
each key means, in both languages. Names stay open: an editor knows no directory. Easy to break: editors read `\w` as
ASCII letters, and pick the kind of a step by `if`/`then` alone, without which they tell of every kind at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from fs_control.flow.definition import Flow
from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.words_zh import KEYS, SWITCHES, WORDS, YES_OR_NO
from fs_control.texts import LANGUAGES, sentence
from fs_control.texts.catalogue import CATALOGUE

Schema: TypeAlias = dict[str, Any]

FILE: Final = "flows.schema.json"
"""Where it lies beside the flows."""

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_DO: Final = "do"
_DROPPED: Final = ("title", "default", "description", "discriminator")
_WORD: Final = r"\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f"
"""The ASCII characters that are no letters, digits, `_` and `-`."""
_IN_JSON: Final[Mapping[str, str]] = {
    r"[\w-]": f"[^{_WORD}]",
    r"[\w -]": "[^" + _WORD.replace(r"\x2c", r"\x1f\x21-\x2c", 1) + "]",
    r"\w": f"[^{_WORD}-]",
}
"""Parts of our patterns as JSON Schema has them, for letters of any script."""


def schema_text() -> str:
    """Return the schema as it is written to `FILE`."""
    return json.dumps(flow_schema(), ensure_ascii=False, indent=1) + "\n"


def flow_schema() -> Schema:
    """Return the schema."""
    whole = Flow.model_json_schema(by_alias=True, mode="validation")
    models: Mapping[str, Schema] = whole.pop("$defs")
    definitions = {name: _block(model, _kind_of(model)) for name, model in models.items()}
    definitions["Step"] = _step({node.__name__: name for name, node in NODE_TYPES.items()})
    return {
        "$schema": _DRAFT,
        "title": "fs_control flow",
        **_block(whole, ""),
        "definitions": definitions,
    }


def _kind_of(model: Schema) -> str:
    kind: str = model["properties"].get(_DO, {}).get("const", "")
    return kind


def _block(model: Schema, kind: str) -> Schema:
    """Return the schema of a block of keys, each under its English and its Chinese words."""
    properties: Schema = {}
    for key, value in model["properties"].items():
        described = {**_value(value, key), "description": _meaning(kind, key)}
        properties |= dict.fromkeys((key, *KEYS[key]), described)
    required = [_one_of_the_keys(key) for key in model.get("required", ())]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"allOf": required} if required else {}),
    }


def _one_of_the_keys(key: str) -> Schema:
    return {"anyOf": [{"required": [word]} for word in (key, *KEYS[key])]}


def _meaning(kind: str, key: str) -> str:
    """Return what a key means in a kind of step, in both languages."""
    codes = (f"flow_word.{kind}.{key}", f"flow_word.{key}")
    return _in_both(next(code for code in codes if code in CATALOGUE))


def _in_both(code: str) -> str:
    return "\n\n".join(sentence(code, {}, language) for language in LANGUAGES)


def _step(kinds: Mapping[str, str]) -> Schema:
    """Return the schema of a step: its kind first, and then what that kind takes."""
    all_words = [word for kind in NODE_TYPES for word in (kind, *WORDS[_DO].get(kind, ()))]
    kind_of_step = {"enum": all_words, "description": _in_both("flow_word.do")}
    return {
        "type": "object",
        "properties": dict.fromkeys((_DO, *KEYS[_DO]), kind_of_step),
        "anyOf": _one_of_the_keys(_DO)["anyOf"],
        "allOf": [{"if": _is_of(kind), "then": {"$ref": f"#/definitions/{name}"}} for name, kind in kinds.items()],
    }


def _is_of(kind: str) -> Schema:
    words = [kind, *WORDS[_DO].get(kind, ())]
    return {
        "anyOf": [{"required": [key], "properties": {key: {"enum": words}}} for key in (_DO, *KEYS[_DO])],
    }


def _value(schema: Any, key: str) -> Schema:
    """Return the schema of a value as editors understand it, with the Chinese words that it may be."""
    value: Schema = _plain(schema)
    words = [value.pop("const")] if "const" in value else value.get("enum", [])
    if words and key in WORDS:
        value["enum"] = [each for word in words for each in (word, *WORDS[key].get(word, ()))]
    elif words:
        value["enum"] = words
    if key in SWITCHES:
        value = {"anyOf": [{"type": "boolean"}, {"enum": list(YES_OR_NO)}]}
    return value


def _plain(schema: Any) -> Any:
    """Take away what editors need not know, and say the rest as they understand it."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if _is_any_step(schema):
        return {"$ref": "#/definitions/Step"}
    plain = {key: _plain(value) for key, value in schema.items() if key not in _DROPPED}
    if "$ref" in plain:
        plain["$ref"] = plain["$ref"].replace("#/$defs/", "#/definitions/")
    if "pattern" in plain:
        plain["pattern"] = _pattern(plain["pattern"])
    if "patternProperties" in plain:
        plain["patternProperties"] = {_pattern(key): value for key, value in plain["patternProperties"].items()}
        plain["additionalProperties"] = False
    return plain


def _is_any_step(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("discriminator", {}).get("propertyName") == _DO)


def _pattern(pattern: str) -> str:
    for part, instead in _IN_JSON.items():
        pattern = pattern.replace(part, instead)
    return pattern
