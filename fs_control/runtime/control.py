"""What people may do with a running engine, as plain calls: the engine's side of the control socket.

Knows no HTTP. It turns people's names into ids and wishes into events, waits for the centre's answer, and passes a
refusal on as it is. Easy to break: an agent is looked up in the directory of this moment, never in a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from fs_control.centre import CallCentre
from fs_control.centre.views import agent_numbered
from fs_control.errors import NoReply, RemoteFault, UserMistake
from fs_control.events import ActionRequested, SuperviseRequested
from fs_control.ids import AgentId, Micros
from fs_control.records import Action, Examination, JournalHealth, OutboxFacts, SuperviseWish
from fs_control.runtime.engine import Engine

PATIENCE_S: Final = 5.0
"""How long a person waits until the centre has taken a directory over."""


class EngineControl:
    """The wishes of people at the command line, carried out by one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def centre(self) -> CallCentre:
        """Return the centre as it is now."""
        return self._engine.centre

    def journal(self) -> JournalHealth:
        """Return how the journal is."""
        return self._engine.journal.health

    def act(
        self,
        number: str,
        action: Action,
        by: str,
        *,
        to: str = "",
        note: str = "",
        reason: str = "",
        terminal: str = "",
        first: str = "",
    ) -> Mapping[str, str]:
        """Have an agent do something, and return what there is to tell of it.

        UserMistake with the reason where the centre refuses, NoReply where it is mute.
        """
        agent = self._agent(number)
        return self._engine.requests.ask(
            lambda request: ActionRequested(
                request=request,
                agent=agent,
                by=by,
                action=action,
                to=to,
                note=note,
                reason=reason,
                terminal=terminal,
                first=first,
            )
        )

    def supervise(self, leader: str, agent: str, wish: SuperviseWish, by: str) -> None:
        """Let a leader be on an agent's call (C7), in another way, or no more; errors as those of `sign_in`."""
        who, whose = self._agent(leader), self._agent(agent)
        self._engine.requests.ask(
            lambda request: SuperviseRequested(request=request, leader=who, agent=whose, by=by, wish=wish)
        )

    def reload_directory(self) -> None:
        """Take the directory over from the database; RemoteFault where that is away and the last one stays.

        When this returns, the centre works with it.
        """
        if not self._engine.load_directory():
            raise RemoteFault("directory_not_loaded")
        if not self._engine.inbox.wait_until_idle(PATIENCE_S):
            raise NoReply("centre_silent")

    def outbox(self) -> OutboxFacts:
        """Return what waits for the database."""
        return self._engine.outboxes.facts()

    def retry_outbox(self) -> int:
        """Hand over again what the database refused, and return how many records that is; RemoteFault by the disk."""
        return self._engine.outboxes.retry()

    def compare_state(self) -> Examination:
        """Compare the centre with what the switch has, now; where they differ that takes some ten seconds."""
        return self._engine.state_doctor.examine()

    def now(self) -> Micros:
        """Return what the engine's clock shows."""
        return self._engine.now

    def _agent(self, number: str) -> AgentId:
        profile = agent_numbered(self._engine.centre, number)
        if profile is not None:
            return profile.id
        known = [agent.number for agent in self._engine.centre.directory.agents.values()]
        nearest = next(iter(get_close_matches(number, known, n=1)), None)
        raise UserMistake("agent_unknown", agent=number, nearest=nearest)
