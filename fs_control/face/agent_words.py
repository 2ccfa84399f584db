"""What an agent chose and does, in words: the same for `agent list`, `agent show` and the board.

Works on the agent's picture as it comes over the control socket. Easy to break: who is ready and whose phone is not
registered is not free, and must not be called so (complaint 11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fs_control.face.clock_words import local_time
from fs_control.face.words import language, words
from fs_control.ids import Micros

Agent = Mapping[str, Any]
"""`centre.views.AgentView`; where no engine runs, what is known of nobody is None."""


def status_words(agent: Agent) -> str | None:
    """Say what an agent chose, of a break why, and which break is to come; None where no engine runs."""
    if agent["break_cause"]:
        return words("agent_on_break", cause=break_words(agent))
    status = agent["status"] and words(f"agent_status.{agent['status']}")
    if agent["break_after_call"] is None:
        return status
    return words("agent_break_to_come", status=status, reason=reason_words(agent) or words("agent_status.break"))


def break_words(agent: Agent) -> str:
    """Say what a break is for: the enterprise's own words, else how it came about."""
    return reason_words(agent) or words(f"break_cause.{agent['break_cause']}")


def reason_words(agent: Agent) -> str | None:
    """Return what the enterprise calls the reason of a break; its code where the reason is no more."""
    names = agent["break_names"]
    return names[language()] if names else agent.get("break_reason")


def state_words(agent: Agent, zone: str) -> str | None:
    """Say what an agent does, until when where that is known; None where no engine runs."""
    if not agent["state"]:
        return None
    if agent["wrap_up_until"] is not None:
        until = f"{local_time(Micros(agent['wrap_up_until']), zone):%H:%M:%S}"
        return words("agent_wraps_up_until", until=until)
    if agent["status"] == "ready" and agent["state"] == "idle" and not agent["is_phone_there"]:
        return words("agent_phone_gone")
    return words(f"agent_state.{agent['state']}")
