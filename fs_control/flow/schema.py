"""The text of a flow to a `Flow`, or every problem of it.

Knows the order of the checks and no single one of them: characters and syntax, then keys, values and names, then the
whole (`lint`). Each stage tells all it finds; the next one runs only where its findings would mean something.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from pydantic import ValidationError

from fs_control.flow.definition import Flow
from fs_control.flow.explain import explain
from fs_control.flow.lint import circle_without_wait, unreached_steps
from fs_control.flow.nodes.names import NameKind, Names, PromptNames
from fs_control.flow.problems import shown, with_nearest
from fs_control.flow.source import Data, Source, read_source
from fs_control.flow.variables import misused_variables
from fs_control.flow.words_zh import KEYS

_DO: Final = frozenset({"do", *KEYS["do"]})


def parse_flow(
    text: str,
    *,
    filename: str,
    groups: Collection[str] | None,
    prompts: PromptNames | None,
    agents: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    flows: Collection[str] | None = None,
    given: Collection[str] | None = None,
) -> Flow:
    """Read a flow as an admin wrote it (N2).

    `filename` is for the problems' sake only. `groups`, `prompts` (N5, N6), `agents` (their numbers, N11), `calendars`
    (H4) and other `flows` are the names that exist: a flow that mentions another one is refused, unless there are none
    to compare with; `prompts` by language are those of the flow's. A flow that runs must not be refused because an
    agent has left. `given` are the variables that other flows may have set; without them nobody can tell which of this
    flow's are never set. Raises FlowProblems, and never anything else, whatever the text is.
    """
    source = read_source(text, filename)
    _stop_if_steps_are_not_indented(source)
    known = {
        NameKind.STEP: _step_names(source.data),
        NameKind.GROUP: groups,
        NameKind.PROMPT: _in_language(prompts, source.data),
        NameKind.AGENT: agents,
        NameKind.CALENDAR: calendars,
        NameKind.FLOW: flows,
    }
    flow = _validated(source, {kind: frozenset(names) for kind, names in known.items() if names is not None})
    _check_whole(flow, source, given)
    source.stop_if_wrong()
    return flow


def _stop_if_steps_are_not_indented(source: Source) -> None:
    """Refuse keys that stand under the names of their steps and not further right: to YAML they are steps themselves.

    Nothing else is told then, for the steps are not those that the author sees.
    """
    steps = source.data.get("steps") if isinstance(source.data, dict) else None
    before: str | None = None
    for name, value in steps.items() if isinstance(steps, dict) else ():
        if before is not None and name in _DO and isinstance(value, str):
            source.problems.clear()
            source.report(source.place_of_key(("steps", name)), "flow_step_not_indented", key=name, step=shown(before))
            raise source.refusal()
        before = name if value is None else None


def _in_language(prompts: PromptNames | None, data: Data) -> Collection[str] | None:
    """Return the prompts that there are in the flow's language; all, where the language is a mistake of its own."""
    if not isinstance(prompts, Mapping):
        return prompts
    language = data.get("language") if isinstance(data, dict) else None
    if isinstance(language, str) and language in prompts:
        return prompts[language]
    return frozenset(name for names in prompts.values() for name in names)


def _step_names(data: Data) -> frozenset[str] | None:
    """Return the steps that there are, None where there is no block of steps to look in."""
    steps = data.get("steps") if isinstance(data, dict) else None
    return frozenset(steps) if isinstance(steps, dict) else None


def _validated(source: Source, names: Names) -> Flow:
    try:
        flow = Flow.model_validate(source.data, context=names)
    except ValidationError as error:
        explain(error.errors(include_url=False), names, source)
        raise source.refusal() from error
    source.stop_if_wrong()  # a key that is written twice: the whole is not what its author thinks it is
    return flow


def _check_whole(flow: Flow, source: Source, given: Collection[str] | None) -> None:
    for misuse in misused_variables(flow, given):
        place = source.place_in_value(misuse.path, misuse.index)
        values = misuse.values
        if misuse.alternatives:
            values = with_nearest(values, values["name"], misuse.alternatives)
        source.report(place, misuse.code, misuse.path, **values)
    for step in unreached_steps(flow.starts(), flow.steps):
        source.report(source.place_of_key(("steps", step)), "flow_step_unreached", ("steps", step), step=step)
    circle = circle_without_wait(flow.steps)
    if circle:
        path = ("steps", circle[0])
        source.report(source.place_of_key(path), "flow_circle_without_wait", path, steps=" -> ".join(circle))
