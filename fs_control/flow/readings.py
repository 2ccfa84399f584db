"""Files of flows read together: what each is, what is wrong with it, what is worth a second look.

The one way in which every command and every start reads flows, so that what `flow check` passes is taken over. Pure:
the files come in as bytes, the names that exist as data. Easy to break: flows that run each other share their
variables, so what one of them sets may be said in another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fs_control.flow.characters import MAX_CHARACTERS, TOP, Flaw, place_at
from fs_control.flow.definition import Flow
from fs_control.flow.nodes.names import PromptNames
from fs_control.flow.problems import FlowProblem, FlowProblems, shown
from fs_control.flow.schema import parse_flow
from fs_control.flow.source import Data, Source, read_source
from fs_control.flow.warnings import flow_warnings

MAX_BYTES: Final = 4 * MAX_CHARACTERS
"""No character takes more; a longer file is too long a text, whatever it is."""

_RUNS_ANOTHER: Final = re.compile(r"(?:do|动作|类型)\W{1,8}(?:flow|流程|子流程)")
"""What a text has in it of which a step runs another flow; perhaps more."""
_GOES_BACK: Final = re.compile(r"(?:do|动作|类型)\W{1,8}(?:return|返回)")
_OTHER_ENCODINGS: Final[Mapping[bytes, str]] = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_WIDE: Final = re.compile(rb"(?:[\t\n\r -~]\0){4}|(?:\0[\t\n\r -~]){4}")
"""How UTF-16 without its mark begins."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a flow may name. None is not known, so that names of this kind are not checked."""

    groups: Collection[str] | None = None
    prompts: PromptNames | None = None
    agents: Collection[str] | None = None
    """Their numbers."""
    calendars: Collection[str] | None = None
    flows: Collection[str] | None = None
    """Those that are active; flows that are read together know each other besides."""
    owners: Collection[str] = ()
    """The numbers of the agents who have customers."""
    can_dial: bool = True
    """Whether the switch has a gateway by which `dial` steps reach somebody."""


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A file as it was read, or the one thing that is wrong with it.

    `name` is what its flow has to be called, "" where that is left to the text.
    """

    file: str
    name: str
    data: bytes = b""
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: a flow with warnings, or problems.

    `text` is as versions are kept, with plain ends of lines; "" where the file is no text (`is_text`).
    """

    file: str
    name: str
    text: str
    flow: Flow | None
    problems: tuple[FlowProblem, ...] = ()
    warnings: tuple[FlowProblem, ...] = ()
    is_text: bool = True


def read_flow_files(
    files: Iterable[FlowFile], names: KnownNames, beside: Iterable[FlowFile] = ()
) -> tuple[Reading, ...]:
    """Read files together. `beside` are others of the same folder: they may be named, and set variables for these.

    A flow without a name (of stdin) is nobody's neighbour.
    """
    decoded = [(file, _decoded(file)) for file in files]
    around = [(file, _decoded(file)) for file in beside]
    texts = {file.name: text for file, text in (*around, *decoded) if isinstance(text, str) and file.name}
    shared = _shared_variables(texts)
    flows = {*(names.flows or ()), *(file.name for file, _ in (*around, *decoded))}
    return tuple(
        _reading(file, text, names, flows, shared[file.name] if file.name in shared else _shared_by_nobody(text))
        for file, text in decoded
    )


def _reading(
    file: FlowFile,
    text: str | Flaw,
    names: KnownNames,
    flows: Collection[str],
    given: Collection[str] | None,
) -> Reading:
    if isinstance(text, Flaw):
        source = Source(file.file)
        source.note(text)
        return Reading(file.file, file.name, "", None, tuple(source.problems), is_text=False)
    try:
        flow = parse_flow(
            text,
            filename=file.file,
            groups=names.groups,
            prompts=names.prompts,
            agents=names.agents,
            calendars=names.calendars,
            flows=None if names.flows is None else flows,
            given=given,
        )
    except FlowProblems as found:
        return Reading(file.file, file.name, text, None, found.problems)
    if file.name not in ("", flow.name):
        return Reading(file.file, file.name, text, None, (_other_name(flow, file, text),))
    warnings = flow_warnings(flow, text, filename=file.file, owners=names.owners, given=given, can_dial=names.can_dial)
    return Reading(file.file, file.name, text, flow, warnings=warnings)


def _other_name(flow: Flow, file: FlowFile, text: str) -> FlowProblem:
    """Refuse a flow that calls itself otherwise than its file: numbers and other flows find it by one name."""
    source = read_source(text, file.file)
    source.report(source.place_of_value(("flow",)), "flow_named_otherwise", ("flow",), name=flow.name, wanted=file.name)
    return source.refusal().problems[0]


def text_of(file: FlowFile) -> str:
    """Return a file's text with plain ends of lines; FlowProblems where it is none."""
    text = _decoded(file)
    if isinstance(text, Flaw):
        source = Source(file.file)
        source.note(text)
        raise source.refusal()
    return text


# --- bytes to text ---------------------------------------------------------------------------------------------------


def _decoded(file: FlowFile) -> str | Flaw:
    if file.flaw is not None:
        return file.flaw
    if len(file.data) > MAX_BYTES:
        return Flaw(TOP, "flow_too_long", {"limit": str(MAX_CHARACTERS)})
    for mark, encoding in _OTHER_ENCODINGS.items():
        if file.data.startswith(mark):
            return Flaw(TOP, "flow_other_encoding", {"encoding": encoding})
    if _WIDE.match(file.data):
        return Flaw(TOP, "flow_other_encoding", {"encoding": "UTF-16"})
    try:
        return file.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = file.data[: error.start].decode("utf-8-sig")
        place = place_at(before, len(before))
        encoding = _encoding_of(file.data)
        if encoding:
            return Flaw(place, "flow_other_encoding", {"encoding": encoding})
        return Flaw(place, "flow_not_utf_8", {"byte": f"0x{file.data[error.start]:02X}"})


def _encoding_of(data: bytes) -> str:
    """Tell texts that Chinese editors write by default."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030 (GBK)"


# --- what flows give each other --------------------------------------------------------------------------------------


def _shared_variables(texts: Mapping[str, str]) -> dict[str, frozenset[str] | None]:
    """Return for each flow the variables that others may have set; None where one of them was not read.

    Only what is certain without reading a flow to its end: the flows that its steps name, and the variables they set.
    """
    if not any(map(_RUNS_ANOTHER.search, texts.values())):
        return dict.fromkeys(texts, frozenset())
    data = {name: _data_of(text) for name, text in texts.items()}
    runs = {name: _flows_named(each) for name, each in data.items()}
    neighbours = {name: set(runs[name]) | {other for other in runs if name in runs[other]} for name in runs}
    sets = {name: _variables_set(each) for name, each in data.items()}
    shared: dict[str, frozenset[str] | None] = {}
    for name in texts:
        linked = _linked(name, neighbours)
        unread = linked - texts.keys()
        shared[name] = None if unread else frozenset().union(*(sets[other] for other in linked - {name}))
    return shared


def _shared_by_nobody(text: str | Flaw) -> frozenset[str] | None:
    """Return no variables for a flow without a name, None where others may run it or be run by it."""
    return None if isinstance(text, Flaw) or _GOES_BACK.search(text) or _RUNS_ANOTHER.search(text) else frozenset()


def _linked(name: str, neighbours: Mapping[str, Collection[str]]) -> set[str]:
    """Return the flows that a call may come to from this one, or come from, itself among them."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += neighbours.get(here, ())
    return found


def _data_of(text: str) -> Data:
    try:
        return read_source(text, "").data
    except FlowProblems:
        return None


def _steps_of(data: Data) -> Sequence[Mapping[str, Data]]:
    steps = data.get("steps") if isinstance(data, dict) else None
    return [step for step in steps.values() if isinstance(step, dict)] if isinstance(steps, dict) else []


def _flows_named(data: Data) -> frozenset[str]:
    return frozenset(shown(step["flow"]) for step in _steps_of(data) if step.get("do") == "flow" and step.get("flow"))


def _variables_set(data: Data) -> frozenset[str]:
    found: set[str] = set()
    for step in _steps_of(data):
        for key in ("into", "values"):
            value = step.get(key)
            found |= {value} if isinstance(value, str) else set(value) if isinstance(value, dict) else set()
    return frozenset(found)
