"""Errors as HTTP: the one place that turns an error's class into a status, and its code and values into JSON.

Pure. The sentence is not made here: whoever asked knows the reader's language.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from fs_control.errors import FsControlError, RemoteFault, UserMistake

NOT_FOUND: Final = frozenset({"agent_unknown", "group_unknown", "action_unknown"})
"""Mistakes of people who named what there is not."""

INVALID: Final = frozenset({"fields_unknown", "fields_missing", "fields_invalid"})
"""Requests whose values cannot be read."""


class ErrorAnswer(BaseModel):
    """What a refused request is answered with: a code of `texts` and the values of its sentence."""

    code: str
    values: dict[str, str | int | float | bool | list[str] | None] = {}


def status_of_error(error: Exception) -> HTTPStatus:
    """Return the status for an error: the asker's fault, the fault of somebody we depend on, or a defect of ours."""
    match error:
        case HTTPException() if error.code is not None:
            return HTTPStatus(error.code)
        case UserMistake():
            return _status_of_mistake(error.code)
        case RemoteFault():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR


def _status_of_mistake(code: str) -> HTTPStatus:
    if code in NOT_FOUND:
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.UNPROCESSABLE_ENTITY if code in INVALID else HTTPStatus.CONFLICT


def answer_to_error(error: Exception) -> ErrorAnswer:
    """Return the body for an error; of a defect only its class is told, its words may be somebody's data."""
    match error:
        case FsControlError():
            return ErrorAnswer(code=error.code, values={name: _plain(value) for name, value in error.values.items()})
        case HTTPException():
            return ErrorAnswer(code="request_not_understood", values={"status": error.code, "reason": error.name})
        case _:
            return ErrorAnswer(code="engine_defect", values={"error": type(error).__name__})


def _plain(value: object) -> str | int | float | bool | list[str] | None:
    match value:
        case None | str() | bool() | int() | float():
            return value
        case tuple() | list():
            return [str(each) for each in value]
        case _:
            return str(value)
