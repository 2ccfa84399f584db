"""A request whose body is JSON or nothing: nothing is no value, and nonsense is the asker's mistake.

Easy to break: Python's reader of JSON gives up on deep nesting with an error that is no ValueError.
"""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.exceptions import BadRequest


class JsonRequest(Request):
    """Reads bodies for `APIFlask.input`."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """Return the body's value, an empty object where there is no body; BadRequest for what is no JSON."""
        if not self.get_data(cache=True):
            return {}
        try:
            return super().get_json(force=force, silent=silent, cache=cache)
        except RecursionError as error:
            raise BadRequest("nested too deeply") from error
