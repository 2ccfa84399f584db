"""What is right in a flow and may still not be what its author wants.

A flow with warnings is taken over; whoever activates it is told. Easy to break: what is warned of depends on things
outside the flow, so that the same text may be fine today and not tomorrow.
"""

from __future__ import annotations

from collections.abc import Collection

from fs_control.flow.characters import lookalike_flaw
from fs_control.flow.definition import Flow
from fs_control.flow.nodes.base import Node
from fs_control.flow.nodes.dial import DialOut
from fs_control.flow.nodes.menu import Menu
from fs_control.flow.nodes.owner import Owner
from fs_control.flow.problems import FlowProblem, FlowProblems
from fs_control.flow.source import Source, read_source
from fs_control.flow.variables import perhaps_not_set

MOST_NAMED = 5
"""So many agents are named; more would bury the sentence."""


def flow_warnings(
    flow: Flow,
    text: str,
    *,
    filename: str,
    owners: Collection[str],
    given: Collection[str] | None = None,
    can_dial: bool = True,
) -> tuple[FlowProblem, ...]:
    """Warn of what is probably not meant, in the order of the text.

    `text` is what `flow` was read from; `owners` are the numbers of the agents who have customers (N11); `given`
    are the variables that other flows may set; `can_dial` says whether outside numbers can be reached at all.
    """
    source = read_source(text, filename)
    for step, node in flow.steps.items():
        _warn_of_owners(step, node, owners, source)
        _warn_of_menu(step, node, source)
        if isinstance(node, DialOut) and not can_dial:
            path = ("steps", step, "number")
            source.report(source.place_of_value(path), "flow_dial_without_gateway", path, step=step)
    for use in perhaps_not_set(flow, given):
        place = source.place_in_value(use.path, use.index)
        source.report(place, "flow_variable_perhaps_not_set", use.path, name=use.name)
    _warn_of_cut_texts(source)
    _warn_of_hang_up(flow, source)
    return FlowProblems(filename, source.problems).problems if source.problems else ()


def _warn_of_owners(step: str, node: Node, owners: Collection[str], source: Source) -> None:
    left_out = sorted(set(owners).difference(node.targets)) if isinstance(node, Owner) else []
    if left_out:
        path = ("steps", step, "targets")
        agents = ", ".join(left_out[:MOST_NAMED]) + (", ..." if len(left_out) > MOST_NAMED else "")
        source.report(source.place_of_key(path), "flow_owner_not_a_target", path, step=step, agents=agents)


def _warn_of_menu(step: str, node: Node, source: Source) -> None:
    if isinstance(node, Menu) and set(node.keys.values()) == {step}:
        path = ("steps", step, "keys")
        source.report(source.place_of_key(path), "flow_menu_leads_to_itself", path, step=step)


def _warn_of_cut_texts(source: Source) -> None:
    """Warn of sentences that end where a comment begins, as `press # to go on` does, and of braces that are none."""
    for path, span in source.spans.items():
        if not path or path[-1] not in ("text", "say") or len(path) <= 2:
            continue
        if source.is_followed_by_comment(path):
            source.report(source.place_of_value(path), "flow_text_ends_at_hash", path)
        if found := [at for at, sign in enumerate(span.written) if sign in "｛｝"]:
            code, values = lookalike_flaw(span.written[found[0]])
            source.report(source.place_in_value(path, found[0]), code, path, **values)


def _warn_of_hang_up(flow: Flow, source: Source) -> None:
    if flow.on_hangup is not None and not flow.steps[flow.on_hangup].after_hang_up:
        place = source.place_of_value(("on_hangup",))
        source.report(place, "flow_nothing_after_hang_up", ("on_hangup",), step=flow.on_hangup)
