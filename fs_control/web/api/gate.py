"""Who may ask: the token in the request, what it allows, and for whom.

Owns the refusals for want of a token or of a scope. Easy to break: a token is read from its header alone, never from
an address, where logs would keep it; and what it shows is told to nobody, not even in the refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import NoReturn, ParamSpec, TypeVar

import structlog
from apiflask import APIBlueprint, HTTPTokenAuth
from flask import g, request

from fs_control.centre.views import agent_numbered
from fs_control.errors import UserMistake
from fs_control.ids import AgentId
from fs_control.records import ApiToken, Scope
from fs_control.web.api.attempts import Attempts
from fs_control.web.api.token_book import TokenBook
from fs_control.web.control_api import Control

log = structlog.get_logger(__name__)

P = ParamSpec("P")
R = TypeVar("R")


class Gate:
    """Lets requests in that show a token which allows what they ask."""

    def __init__(self, control: Control, tokens: TokenBook, seconds: Callable[[], float] = monotonic) -> None:
        self._control = control
        self._tokens = tokens
        self._attempts = Attempts(seconds)
        self._auth = HTTPTokenAuth(security_scheme_name="token", description="`fs-control token create` makes one.")
        self._auth.verify_token(self._verified)
        self._auth.error_handler(_refuse_without_token)

    def needs(self, blueprint: APIBlueprint, scope: Scope | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Put a route behind a token, and behind a scope of it where one is named."""

        def behind(view: Callable[P, R]) -> Callable[P, R]:
            @wraps(view)
            def checked(*args: P.args, **values: P.kwargs) -> R:
                if scope is not None:
                    self.refuse_without(scope)
                return view(*args, **values)

            described = blueprint.doc(extensions={"x-scope": str(scope)})(checked) if scope is not None else checked
            return blueprint.auth_required(self._auth)(described)

        return behind

    @property
    def token(self) -> ApiToken:
        """The token of this request; only behind `needs`."""
        token: ApiToken = g.api_token
        return token

    @property
    def asker(self) -> str:
        """In whose name this request does something."""
        return f"token:{self.token.name}"

    def refuse_without(self, scope: Scope) -> None:
        """UserMistake `token_lacks_scope` where the token does not allow this."""
        if scope not in self.token.scopes:
            raise UserMistake("token_lacks_scope", token=self.token.name, scope=scope.value)

    def refuse_other_agents(self, number: str) -> None:
        """UserMistake `token_of_other_agent` where the token is one agent's, and the agent of this number another."""
        if self.token.agent is None:
            return
        profile = agent_numbered(self._control.centre(), number)
        if profile is None or profile.id != self.token.agent:
            raise UserMistake("token_of_other_agent", token=self.token.name)

    @property
    def own_agent(self) -> AgentId | None:
        """The one agent whose calls this token shows; None is everybody."""
        return self.token.agent

    def _verified(self, shown: str) -> ApiToken:
        token = self._tokens.find(shown)
        if token is None:
            self._refuse("token_refused")
        now = self._control.now()
        if now >= token.expires_at:
            self._refuse("token_expired", token=token.name)
        self._tokens.note(token, now)
        g.api_token = token
        return token

    def _refuse(self, code: str, **values: str) -> NoReturn:
        address = request.remote_addr or ""
        again_in = self._attempts.refused(address)
        if again_in is not None:
            raise UserMistake("too_many_refusals", seconds=again_in)
        log.warning("token refused", action="token_refused", code=code, address=address, **values)
        raise UserMistake(code, **values)


def _refuse_without_token(_status: int) -> NoReturn:
    raise UserMistake("token_missing")
