"""The IVR language: what an admin writes as YAML, and how one call goes through it.

`parse_flow` turns a text into a `Flow` or says everything that is wrong with it. `start_flow` and `resume_flow` run a
`FlowSession`, which is plain data, to its next wait and return a `Sprint`: the session, what to order, what happened.
Pure: knows no switch, no leg, no clock and no file, so that a live call and a dry run cannot differ.
"""

from __future__ import annotations

from fs_control.flow.definition import Flow, flow_key
from fs_control.flow.engine import (
    MAX_STEPS_PER_SESSION,
    MAX_STEPS_PER_SPRINT,
    TOO_MANY_STEPS,
    TOO_MANY_STEPS_AT_ONCE,
    Sprint,
    resume_flow,
    start_flow,
)
from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import TrailItem, TrailKind
from fs_control.flow.orders import Ask, End, Enqueue, Order, Prioritise, Say
from fs_control.flow.problems import FlowProblem, FlowProblems
from fs_control.flow.schema import parse_flow
from fs_control.flow.session import (
    DigitsGot,
    FlowSession,
    LineExit,
    LineLeft,
    PromptDone,
    Resume,
    ResumeRefused,
    Wait,
    session_from_json,
    session_to_json,
)
from fs_control.flow.warnings import flow_warnings

__all__ = [
    "MAX_STEPS_PER_SESSION",
    "MAX_STEPS_PER_SPRINT",
    "NODE_TYPES",
    "TOO_MANY_STEPS",
    "TOO_MANY_STEPS_AT_ONCE",
    "Ask",
    "DigitsGot",
    "End",
    "Enqueue",
    "Flow",
    "FlowProblem",
    "FlowProblems",
    "FlowSession",
    "LineExit",
    "LineLeft",
    "Order",
    "Prioritise",
    "PromptDone",
    "Resume",
    "ResumeRefused",
    "Say",
    "Sprint",
    "TrailItem",
    "TrailKind",
    "Wait",
    "flow_key",
    "flow_warnings",
    "parse_flow",
    "resume_flow",
    "session_from_json",
    "session_to_json",
    "start_flow",
]
