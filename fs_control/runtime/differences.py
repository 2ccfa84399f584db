"""Where two values of the same shape differ, field by field, in the order of their fields.

Knows dataclasses, mappings and sequences, and nothing of what they mean. Easy to break: the first difference is what
a person looks for, so nothing is compared that lies behind it in the same sequence once their lengths differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

LONGEST: Final = 200
"""So many signs of a value are shown."""

NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place, such as `calls[1f3c].call.state`, with what was written down and what is so now."""

    place: str
    then: str
    now: str


def differences(then: Any, now: Any, place: str = "") -> Iterator[Difference]:
    """Yield where two values differ."""
    if then == now:
        return
    if is_dataclass(then) and type(then) is type(now):
        for field in fields(then):
            yield from differences(getattr(then, field.name), getattr(now, field.name), _joined(place, field.name))
    elif isinstance(then, Mapping) and isinstance(now, Mapping):
        for key in sorted({*then, *now}, key=str):
            yield from _at_key(then, now, key, f"{place}[{key}]")
    elif isinstance(then, tuple) and isinstance(now, tuple):
        yield from _in_sequence(then, now, place)
    else:
        yield Difference(place, _shown(then), _shown(now))


def _at_key(then: Mapping[Any, Any], now: Mapping[Any, Any], key: Any, place: str) -> Iterator[Difference]:
    if key in then and key in now:
        yield from differences(then[key], now[key], place)
    else:
        yield Difference(
            place, _shown(then[key]) if key in then else NOTHING, _shown(now[key]) if key in now else NOTHING
        )


def _in_sequence(then: tuple[Any, ...], now: tuple[Any, ...], place: str) -> Iterator[Difference]:
    for index, (one, other) in enumerate(zip(then, now, strict=False)):
        if one != other:
            yield from differences(one, other, f"{place}[{index}]")
            if len(then) != len(now):
                return
    if len(then) != len(now):
        shorter = min(len(then), len(now))
        one = _shown(then[shorter]) if len(then) > shorter else NOTHING
        other = _shown(now[shorter]) if len(now) > shorter else NOTHING
        yield Difference(f"{place}[{shorter}]", one, other)


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
