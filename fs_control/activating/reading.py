"""Texts read by the names that an enterprise has at this moment.

The one place that gathers those names for whoever activates. Easy to break: a flow may run another that is only about
to be active, so the names of all that are activated together count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from fs_control.activating.judgement import Draft
from fs_control.flow import Flow, FlowProblem, FlowProblems, parse_flow
from fs_control.flow.source import read_source
from fs_control.media.prompts import prompt_names
from fs_control.records import Directory


def read_flows(
    files: Sequence[Draft], directory: Directory, names: Collection[str]
) -> tuple[dict[str, Flow], tuple[FlowProblem, ...]]:
    """Read texts by the names of a directory; what can be read, by name, and the mistakes of the others.

    `names` are those of all flows that are active or about to be: to run another one is a mistake.
    """
    groups = [group.name for group in directory.groups.values()]
    known = {"groups": groups, "prompts": prompt_names(), "flows": names, "calendars": tuple(directory.calendars)}
    agents = [agent.number for agent in directory.agents.values()]
    flows: dict[str, Flow] = {}
    problems: list[FlowProblem] = []
    for file in files:
        try:
            flow = parse_flow(file.text, filename=file.place, agents=agents, **known)
        except FlowProblems as mistakes:
            problems += mistakes.problems
            continue
        flows[file.name] = flow
        problems += _other_name(flow, file)
    return flows, tuple(problems)


def _other_name(flow: Flow, file: Draft) -> Iterator[FlowProblem]:
    """Refuse a flow that calls itself otherwise than its file: numbers and other flows find it by one name."""
    if flow.name != file.name:
        place = read_source(file.text, file.place).place_of_value(("flow",))
        values = {"name": flow.name, "wanted": file.name}
        yield FlowProblem(file.place, place.line, place.column, "flow_named_otherwise", values, "flow")
