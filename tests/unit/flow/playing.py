"""Plays transcripts against a flow: text in, text out, the session saved and loaded between any two steps.

A transcript names a flow and gives what happens, one fact a line (`> digits 1`). Played, it comes back with what the
flow ordered (`<`) and told (`.`) after each fact. So a whole session is a file, and a test compares two texts.
"""

from __future__ import annotations

from pathlib import Path

from fs_control.flow import (
    Ask,
    DigitsGot,
    End,
    Enqueue,
    Flow,
    FlowProblems,
    FlowSession,
    LineExit,
    LineLeft,
    Order,
    Prioritise,
    PromptDone,
    Resume,
    Say,
    Sprint,
    parse_flow,
    resume_flow,
    session_from_json,
    session_to_json,
    start_flow,
)

ROOT = Path(__file__).parents[3]
GROUPS = frozenset({"sales", "service"})
PROMPTS = frozenset({"welcome", "main-menu", "wrong-key", "no-key", "nobody-signed-in", "waited-too-long", "goodbye"})


def read(text: str) -> Flow:
    """Parse a flow where the groups and prompts of this file exist."""
    return parse_flow(text, filename="test.yaml", groups=GROUPS, prompts=PROMPTS)


def read_shipped(name: str) -> Flow:
    """Parse one of the flows in ivr_flows/."""
    return read((ROOT / "ivr_flows" / f"{name}.yaml").read_text(encoding="utf-8"))


def problems_of(text: str) -> list[str]:
    """Return the problems of a text that is no flow, each as `line:column code values`."""
    try:
        read(text)
    except FlowProblems as error:
        return [
            " ".join([f"{each.line}:{each.column}", each.code, *(f"{k}={v}" for k, v in each.values.items())])
            for each in error.problems
        ]
    raise AssertionError("the text is a flow")


def saved_and_loaded(session: FlowSession) -> FlowSession:
    """Take a session through JSON, as a snapshot does."""
    loaded = session_from_json(session_to_json(session))
    assert loaded == session
    return loaded


def started(flow: Flow) -> Sprint:
    """Begin a flow that runs no other."""
    return start_flow({flow.name: flow}, flow.name)


def resumed(flow: Flow, sprint: Sprint, *resumes: Resume) -> Sprint:
    """Go on from a sprint with one answer after the other; flow and session are saved and loaded before each."""
    for resume in resumes:
        flow = Flow.model_validate_json(flow.model_dump_json())
        sprint = resume_flow({flow.name: flow}, saved_and_loaded(sprint.session), resume)
    return sprint


def play(transcript: str) -> str:
    """Play the facts of a transcript and return the whole transcript as it should be."""
    head, _, body = transcript.partition("\n\n")
    flow = read_shipped(head.splitlines()[-1].removeprefix("flow "))
    sprint = started(flow)
    lines = _told(sprint)
    for fact in (line for line in body.splitlines() if line.startswith("> ")):
        sprint = resumed(flow, sprint, _resume(fact.removeprefix("> ")))
        lines += [fact, *_told(sprint)]
    return "\n".join([head, "", *lines, ""])


def _resume(fact: str) -> Resume:
    kind, _, detail = fact.partition(" ")
    match kind:
        case "prompt":
            return PromptDone(completed={"done": True, "failed": False}[detail])
        case "digits":
            return DigitsGot(detail)
        case "line":
            return LineLeft(LineExit(detail))
    raise ValueError(fact)


def _told(sprint: Sprint) -> list[str]:
    told = [f"  . {item.step}: {item.kind} {item.detail}".rstrip() for item in sprint.trail]
    return told + [f"  < {_words(order)}" for order in sprint.orders]


def _words(order: Order) -> str:
    match order:
        case Say(prompt):
            return f"say {prompt}"
        case Ask(prompt, max_digits, timeout_s):
            return f"ask {prompt}, {max_digits} key, {timeout_s:g} s"
        case Enqueue(group, wait_at_most_s):
            return f"enqueue {group}, {wait_at_most_s:g} s" if wait_at_most_s else f"enqueue {group}"
        case Prioritise(level):
            return f"priority {level}"
        case End(reason):
            return f"end {reason}"
        case _:
            return repr(order)
