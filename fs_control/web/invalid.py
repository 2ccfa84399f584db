"""A request that cannot be read, as a mistake of whoever asks: which fields, and what is wrong with them.

The only place that reads what pydantic found. Easy to break: a value is never quoted, for it may be anything, and a
field's name is somebody's text as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from apiflask import HTTPError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from fs_control.errors import UserMistake

_OF_HTTP: Final[dict[int, str]] = {
    HTTPStatus.BAD_REQUEST: "body_not_json",
    HTTPStatus.NOT_FOUND: "route_unknown",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body_too_large",
}
"""What the framework refuses by itself."""

LONGEST_SHOWN: Final = 60
"""Characters of a field's name; nobody's field is longer, and an answer is no place for somebody's book."""

MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class BadField:
    """One field, named by its path (`filter.from`), and pydantic's name for what is wrong with it."""

    field: str
    kind: str


def as_mistake(error: Exception) -> Exception:
    """Return a refusal of APIFlask as a mistake of ours; every other error as it is."""
    fields = bad_fields(error)
    return mistake_of(fields) if fields else error


def in_our_words(error: Exception) -> Exception:
    """Return what the framework refuses by itself as a mistake with a sentence; every other error as it is."""
    if isinstance(error, HTTPException) and error.code in _OF_HTTP:
        return UserMistake(_OF_HTTP[error.code])
    return error


def bad_fields(error: Exception) -> tuple[BadField, ...]:
    """Return the fields that a refusal of APIFlask is about; none where it is about something else."""
    found = error.__cause__ if isinstance(error, HTTPError) else None
    if not isinstance(found, ValidationError):
        return ()
    errors = found.errors(include_url=False, include_context=False, include_input=False)[:MOST_SHOWN]
    return tuple(BadField(_name(each["loc"]), each["type"]) for each in errors)


def mistake_of(fields: Iterable[BadField]) -> UserMistake:
    """Return what to tell: of unknown fields first, for a misspelt name is why another one is missing."""
    named: dict[str, list[str]] = {}
    for each in fields:
        named.setdefault(each.kind, []).append(each.field)
    unknown, missing = named.pop("extra_forbidden", []), named.pop("missing", [])
    if unknown:
        return UserMistake("fields_unknown", fields=tuple(unknown))
    if missing:
        return UserMistake("fields_missing", fields=tuple(missing))
    return UserMistake("fields_invalid", fields=tuple(name for names in named.values() for name in names))


def _name(path: tuple[int | str, ...]) -> str:
    """Return a path as text; half a surrogate pair, which JSON can write, cannot be sent back."""
    return ".".join(map(str, path))[:LONGEST_SHOWN].encode(errors="replace").decode() or "body"
