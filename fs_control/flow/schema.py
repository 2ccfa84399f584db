"""The text of a flow to a `Flow`, or every problem of it.

Knows the order of the checks and no single one of them: characters and syntax, then keys, values and names, then the
whole (`lint`). Each stage tells all it finds; the next one runs only where its findings would mean something.
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import ValidationError

from fs_control.flow.definition import Flow
from fs_control.flow.explain import explain
from fs_control.flow.lint import circle_without_wait, unreached_steps
from fs_control.flow.nodes.names import NameKind, Names
from fs_control.flow.source import Data, Source, read_source


def parse_flow(
    text: str,
    *,
    filename: str,
    groups: Collection[str],
    prompts: Collection[str],
    agents: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    flows: Collection[str] | None = None,
) -> Flow:
    """Read a flow as an admin wrote it (N2).

    `filename` is for the problems' sake only. `groups` and `prompts` are the names that exist: a flow that mentions
    another one is refused (N5, N6). So it is with `agents` (their numbers, N11), `calendars` (H4) and other `flows`,
    unless there are none to compare with: a flow that runs must not be refused because an agent has left. Raises
    FlowProblems, and never anything else, whatever the text is.
    """
    source = read_source(text, filename)
    names: dict[NameKind, Collection[str]] = {
        NameKind.STEP: _step_names(source.data),
        NameKind.GROUP: frozenset(groups),
        NameKind.PROMPT: frozenset(prompts),
    }
    for kind, known in ((NameKind.AGENT, agents), (NameKind.CALENDAR, calendars), (NameKind.FLOW, flows)):
        if known is not None:
            names[kind] = frozenset(known)
    flow = _validated(source, names)
    _check_whole(flow, source)
    source.stop_if_wrong()
    return flow


def _step_names(data: Data) -> frozenset[str]:
    steps = data.get("steps") if isinstance(data, dict) else None
    return frozenset(steps) if isinstance(steps, dict) else frozenset()


def _validated(source: Source, names: Names) -> Flow:
    try:
        flow = Flow.model_validate(source.data, context=names)
    except ValidationError as error:
        explain(error.errors(include_url=False), names, source)
        raise source.refusal() from error
    source.stop_if_wrong()  # a key that is written twice: the whole is not what its author thinks it is
    return flow


def _check_whole(flow: Flow, source: Source) -> None:
    for step in unreached_steps(flow.starts(), flow.steps):
        source.report(source.place_of_key(("steps", step)), "flow_step_unreached", ("steps", step), step=step)
    circle = circle_without_wait(flow.steps)
    if circle:
        path = ("steps", circle[0])
        source.report(source.place_of_key(path), "flow_circle_without_wait", path, steps=" -> ".join(circle))
