"""The names that exist in the tests of reading flows, and readings told in one line for each problem."""

from __future__ import annotations

from pathlib import Path

from fs_control.flow import FlowFile, FlowProblem, KnownNames, Reading, read_flow_files
from fs_control.media.prompts import prompt_names

BROKEN = Path(__file__).parents[2] / "data" / "broken_flows"
NAMES = KnownNames(
    groups=frozenset({"sales", "service"}),
    prompts=prompt_names(),
    agents=frozenset({"8001", "8002"}),
    calendars=frozenset({"office"}),
    flows=frozenset({"main", "holiday"}),
)


def reading_of(data: bytes | str, name: str = "f", names: KnownNames = NAMES) -> Reading:
    """Read one file that lies alone."""
    encoded = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    (reading,) = read_flow_files([FlowFile(f"{name}.yaml", name, encoded)], names)
    return reading


def told(problem: FlowProblem) -> str:
    """Return a problem as `line:column code values`."""
    values = (f"{key}={value}" for key, value in problem.values.items())
    return " ".join([f"{problem.line}:{problem.column}", problem.code, *values])


def problems_of(data: bytes | str) -> list[str]:
    """Return the problems of one file, each as `line:column code values`."""
    return [told(problem) for problem in reading_of(data).problems]


def warnings_of(data: bytes | str, name: str = "f") -> list[str]:
    """Return the warnings of one flow, which has no problems."""
    reading = reading_of(data, name)
    assert reading.problems == ()
    return [told(warning) for warning in reading.warnings]
