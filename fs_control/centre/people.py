"""What people asked for before there were actions: an agent signs in or out, or is ready again.

Told no more (see `readiness`), but older journals hold it, and what came of it then must come of it again.
"""

from __future__ import annotations

from fs_control.agents import AgentStatus, made_ready, signed_in, signed_out
from fs_control.calls import CallState
from fs_control.centre import wrap_up
from fs_control.centre.answering import places_of
from fs_control.centre.offers_over import give_up_one
from fs_control.centre.step import Step
from fs_control.commands import Reply
from fs_control.events import ReadyRequested, SignInRequested, SignOutRequested
from fs_control.ids import AgentId
from fs_control.records import OfferResult


def sign_in_requested(step: Step, event: SignInRequested) -> None:
    """The agent wants to take calls: needs a phone to ring."""
    profile = step.centre.directory.agents.get(event.agent)
    agent = step.agent(event.agent)
    if profile is None:
        step.order(Reply(event.request, "agent_unknown", {"agent": str(event.agent)}))
    elif places_of(step.centre.directory, profile, agent).usual is None:
        step.order(Reply(event.request, "agent_has_no_phone", {"agent": profile.number}))
    elif agent.is_ready:
        step.order(Reply(event.request, "agent_already_signed_in", {"agent": profile.number}))
    else:
        step.keep_agent(signed_in(agent, step.now))
        step.order(Reply(event.request))


def sign_out_requested(step: Step, event: SignOutRequested) -> None:
    """The agent wants no more calls: a ringing phone stops, a talk goes on to its end."""
    profile = step.centre.directory.agents.get(event.agent)
    agent = step.agent(event.agent)
    if profile is None:
        step.order(Reply(event.request, "agent_unknown", {"agent": str(event.agent)}))
    elif agent.status is AgentStatus.SIGNED_OUT:
        step.order(Reply(event.request, "agent_already_signed_out", {"agent": profile.number}))
    else:
        sign_out(step, event.agent)
        step.order(Reply(event.request))


def ready_requested(step: Step, event: ReadyRequested) -> None:
    """Whoever leads wants an agent on a break to be rung again, at once."""
    profile = step.centre.directory.agents.get(event.agent)
    agent = step.agent(event.agent)
    if profile is None:
        step.order(Reply(event.request, "agent_unknown", {"agent": str(event.agent)}))
    elif agent.status is AgentStatus.SIGNED_OUT:
        step.order(Reply(event.request, "agent_not_signed_in", {"agent": profile.number}))
    elif agent.is_ready:
        step.order(Reply(event.request, "agent_already_ready", {"agent": profile.number}))
    else:
        step.keep_agent(made_ready(agent, step.now))
        step.order(Reply(event.request))


def sign_out(step: Step, agent: AgentId) -> None:
    """The agent takes no more calls: a ringing phone stops, a talk goes on to its end, and notes are finished."""
    step.keep_agent(signed_out(step.agent(agent)))
    wrap_up.end(step, agent)
    _stop_ringing(step, agent)


def _stop_ringing(step: Step, agent: AgentId) -> None:
    live = step.live(step.agent(agent).call)
    if live is None or live.call.state is not CallState.RINGING_AGENT:
        return
    for offer in live.call.offers:
        if offer.agent == agent:
            give_up_one(step, live, offer, OfferResult.FAILED, "AGENT_SIGNED_OUT")
