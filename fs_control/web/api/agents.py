"""The API's agents: what they do, what they may do at this moment, and doing it.

Owns routes. What is possible when is the one table's to say (`agents.actions`), and what becomes of it the centre's.
"""

from __future__ import annotations

from apiflask import APIBlueprint

from fs_control.agents import Moment, allowed_actions
from fs_control.centre import CallCentre
from fs_control.centre.moments import moment_of
from fs_control.centre.targets import inside
from fs_control.centre.views import AgentView, agents_of
from fs_control.errors import UserMistake
from fs_control.records import Action, Directory, Scope
from fs_control.web.acting import ActionBody, act_on, action_named
from fs_control.web.api.gate import Gate
from fs_control.web.api.once import Once
from fs_control.web.api.questions import DialBody
from fs_control.web.api.shapes import AgentList, AgentShape, Done, moment_or_none
from fs_control.web.control_api import Control


def agents_blueprint(control: Control, gate: Gate, once: Once) -> APIBlueprint:
    """Return the routes below /v1/agents, and /v1/dial."""
    routes = APIBlueprint("agents", __name__, tag="Agents", url_prefix="/v1")
    _add_views(routes, control, gate)
    _add_actions(routes, control, gate, once)
    return routes


def _add_views(routes: APIBlueprint, control: Control, gate: Gate) -> None:
    @routes.get("/agents")
    @gate.needs(routes, Scope.AGENTS_READ)
    @routes.output(AgentList)
    def list_agents() -> AgentList:
        """Every agent."""
        return AgentList(agents=_shapes(control.centre()))

    @routes.get("/agents/<number>")
    @gate.needs(routes, Scope.AGENTS_READ)
    @routes.output(AgentShape)
    def show_agent(number: str) -> AgentShape:
        """One agent."""
        found = next((agent for agent in _shapes(control.centre()) if agent.number == number), None)
        if found is None:
            raise UserMistake("agent_unknown", agent=number)
        return found


def _add_actions(routes: APIBlueprint, control: Control, gate: Gate, once: Once) -> None:
    @routes.post("/agents/<number>/actions/<action>")
    @gate.needs(routes, Scope.AGENTS_ACT)
    @routes.input(ActionBody)
    @routes.output(Done)
    @once.for_each_key
    def act(number: str, action: str, json_data: ActionBody) -> Done:
        """Have an agent do what is allowed at this moment; whoever is outside needs the scope calls:dial besides."""
        gate.refuse_other_agents(number)
        named = action_named(action)
        if _goes_outside(control.centre().directory, named, json_data.to):
            gate.refuse_without(Scope.CALLS_DIAL)
        return Done(values=act_on(control, number, named, gate.asker, json_data))

    @routes.post("/dial")
    @gate.needs(routes, Scope.CALLS_DIAL)
    @routes.input(DialBody)
    @routes.output(Done)
    @once.for_each_key
    def dial(json_data: DialBody) -> Done:
        """Have an agent call a number outside."""
        gate.refuse_other_agents(json_data.agent)
        body = ActionBody(to=json_data.to, note=json_data.note)
        return Done(values=act_on(control, json_data.agent, Action.DIAL, gate.asker, body))


def _goes_outside(directory: Directory, action: Action, to: str) -> bool:
    """Tell whether an action calls somebody outside, which costs money, if it calls anybody."""
    hands_on = action in (Action.TRANSFER, Action.CONSULT)
    return action is Action.DIAL or (hands_on and inside(directory, to) is None)


def _shapes(centre: CallCentre) -> list[AgentShape]:
    ids = {profile.number: profile.id for profile in centre.directory.agents.values()}
    return [_shape(view, moment_of(centre, ids[view.number])) for view in agents_of(centre)]


def _shape(view: AgentView, moment: Moment) -> AgentShape:
    return AgentShape(
        number=view.number,
        name=view.name,
        phone=view.phone,
        groups=list(view.groups),
        status=view.status,
        state=view.state,
        moment=moment,
        allowed=[action.replace("_", "-") for action in allowed_actions(moment)],
        since=moment_or_none(view.since),
        call=view.call,
        break_cause=view.break_cause,
        break_reason=view.break_reason,
        break_after_call=view.break_after_call,
        wrap_up_until=moment_or_none(view.wrap_up_until),
        is_phone_there=view.is_phone_there,
    )
