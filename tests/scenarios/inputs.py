"""What the scenarios of inputs, messages and questions to servers share: a number, its flow, what a record says."""

from __future__ import annotations

from pathlib import Path

from fs_control.records import CallRecord
from fs_control.virtual_switch.script import CallerScript, Step, WaitForAnswer
from tests.scenarios.house import House

DIRECTORY = """
enterprise: {name: Test, language: zh}
agents:
  - {number: "8001", name: 王芳, phone: "1001"}
groups:
  - {name: sales, ring: 3, members: ["8001"]}
numbers:
  - {number: "4001112222", flow: inputs}
"""
WHO = "13800138000"


def open_flow(house: House, folder: Path, flow: str) -> None:
    """Let the number be answered by this flow."""
    folder.mkdir(exist_ok=True)
    (folder / "inputs.yaml").write_text(f"flow: inputs\nlanguage: zh\n{flow}", encoding="utf-8")
    house.configure(DIRECTORY, folder)


def caller(*steps: Step) -> CallerScript:
    """Somebody who calls the number."""
    return CallerScript("4001112222", WHO, b"", (WaitForAnswer(), *steps))


def told(record: CallRecord, *kinds: str) -> list[tuple[str, str]]:
    """What the record says of some kinds of things, in order."""
    return [(step.kind, step.detail) for step in record.steps if step.kind in kinds]


def heard(house: House, leg: str) -> list[str]:
    """The names of the prompts that a caller heard, in order."""
    names = [path.rpartition("/")[2].removesuffix(".wav") for path in house.stage.journal(leg).heard()]
    return [name for name in names if not name.startswith(("10", "%"))]
