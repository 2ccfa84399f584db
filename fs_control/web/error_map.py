"""Errors as HTTP: the one place that turns an error's class into a status, and its code and values into JSON.

Pure. The sentence is not made here: whoever asked knows the reader's language.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from fs_control.errors import FsControlError, RemoteFault, UserMistake

NOT_FOUND: Final = frozenset(
    {"agent_unknown", "group_unknown", "action_unknown", "call_not_live", "record_not_found", "nothing_remembered"}
    | {"target_unknown", "supervise_wish_unknown"}
)
"""Mistakes of people who named what there is not."""

INVALID: Final = frozenset(
    {
        *("fields_unknown", "fields_missing", "fields_invalid", "cursor_unusable", "not_a_customer_number"),
        *("key_of_other_request", "key_unusable"),
    }
)
"""Requests whose values cannot be read."""

_OF_MISTAKES: Final[dict[str, HTTPStatus]] = {
    **dict.fromkeys(NOT_FOUND, HTTPStatus.NOT_FOUND),
    **dict.fromkeys(INVALID, HTTPStatus.UNPROCESSABLE_ENTITY),
    **dict.fromkeys(("token_missing", "token_refused", "token_expired"), HTTPStatus.UNAUTHORIZED),
    **dict.fromkeys(("token_lacks_scope", "token_of_other_agent", "supervise_no_right"), HTTPStatus.FORBIDDEN),
    "too_many_refusals": HTTPStatus.TOO_MANY_REQUESTS,
}
"""The status of a refusal that is no conflict with what is going on at the moment."""


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
            return _OF_MISTAKES.get(error.code, HTTPStatus.CONFLICT)
        case RemoteFault():
            return HTTPStatus.SERVICE_UNAVAILABLE
        case _:
            return HTTPStatus.INTERNAL_SERVER_ERROR


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
