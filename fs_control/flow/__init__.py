"""The IVR language: what an admin writes as YAML, and how one call goes through it.

`parse_flow` turns a text into a `Flow` or says everything that is wrong with it. `start_flow` and `resume_flow` run a
`FlowSession`, which is plain data, to its next wait and return a `Sprint`: the session, what to order, what happened.
Pure: knows no switch, no leg, no clock and no file, so that a live call and a dry run cannot differ.
"""

from __future__ import annotations

from fs_control.flow.answers import (
    SECRET_LOST,
    DigitsGot,
    Fetched,
    HoursTold,
    Known,
    LineExit,
    LineLeft,
    MessageTaken,
    PromptDone,
    Resume,
    TalkExit,
    TalkOver,
    Value,
    Wait,
)
from fs_control.flow.definition import Flow, flow_key, name_of
from fs_control.flow.engine import (
    FAULTS,
    MAX_STEPS_PER_SESSION,
    MAX_STEPS_PER_SPRINT,
    STEP_BROKEN,
    TOO_DEEP,
    TOO_MANY_STEPS,
    TOO_MANY_STEPS_AT_ONCE,
    Library,
    Sprint,
    hang_up_flow,
    resume_flow,
    start_flow,
)
from fs_control.flow.facts import FACTS, nothing_known
from fs_control.flow.nodes import NODE_TYPES
from fs_control.flow.nodes.base import TrailItem, TrailKind
from fs_control.flow.nodes.names import PromptNames
from fs_control.flow.orders import (
    Answer,
    Ask,
    CheckHours,
    Dial,
    End,
    Enqueue,
    Fetch,
    Know,
    Order,
    Prioritise,
    Reach,
    Say,
    TakeMessage,
)
from fs_control.flow.problems import FlowProblem, FlowProblems
from fs_control.flow.readings import FlowFile, KnownNames, Reading, read_flow_files, text_of
from fs_control.flow.schema import parse_flow
from fs_control.flow.session import FlowSession, Frame, ResumeRefused, session_from_json, session_to_json
from fs_control.flow.spoken import literal_name, literals_of
from fs_control.flow.warnings import flow_warnings

__all__ = [
    "FACTS",
    "FAULTS",
    "MAX_STEPS_PER_SESSION",
    "MAX_STEPS_PER_SPRINT",
    "NODE_TYPES",
    "SECRET_LOST",
    "STEP_BROKEN",
    "TOO_DEEP",
    "TOO_MANY_STEPS",
    "TOO_MANY_STEPS_AT_ONCE",
    "Answer",
    "Ask",
    "CheckHours",
    "Dial",
    "DigitsGot",
    "End",
    "Enqueue",
    "Fetch",
    "Fetched",
    "Flow",
    "FlowFile",
    "FlowProblem",
    "FlowProblems",
    "FlowSession",
    "Frame",
    "HoursTold",
    "Know",
    "Known",
    "KnownNames",
    "Library",
    "LineExit",
    "LineLeft",
    "MessageTaken",
    "Order",
    "Prioritise",
    "PromptDone",
    "PromptNames",
    "Reach",
    "Reading",
    "Resume",
    "ResumeRefused",
    "Say",
    "Sprint",
    "TakeMessage",
    "TalkExit",
    "TalkOver",
    "TrailItem",
    "TrailKind",
    "Value",
    "Wait",
    "flow_key",
    "flow_warnings",
    "hang_up_flow",
    "literal_name",
    "literals_of",
    "name_of",
    "nothing_known",
    "parse_flow",
    "read_flow_files",
    "resume_flow",
    "session_from_json",
    "session_to_json",
    "start_flow",
    "text_of",
]
