"""What stands beside the frames of a trace: who plays in it, and what FreeSWITCH's own call records say."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.traces.record.recordings import RECORDINGS
from tests.traces.record.trace import pack

HERE = Path(__file__).parent
TRACES = {path.name.removesuffix(".jsonl.gz"): path for path in sorted(HERE.glob("*.jsonl.gz"))}
CALL_RECORDS = sorted((HERE / "call-records").iterdir())


def lines_of(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_every_trace_can_be_recorded_again():
    assert set(TRACES) == set(RECORDINGS)


@pytest.mark.parametrize("trace", TRACES)
def test_a_trace_says_what_it_is_about(trace):
    head = lines_of(TRACES[trace])[0]

    assert head["trace"] == trace
    assert head["about"] == RECORDINGS[trace].about


@pytest.mark.parametrize("trace", TRACES)
def test_everybody_in_a_scene_does_what_a_scenario_says(trace):
    acts = lines_of(TRACES[trace])[0].get("scene", {"acts": []})["acts"]

    named = [HERE / "record" / folder / act["scenario"] for act in acts if "scenario" in act for folder in ("sipp", "")]
    assert sum(each.is_file() for each in named) == len(named) / 2
    assert {act["who"] for act in acts} <= {"caller", "party", "phone 1001", "phone 1002"}


@pytest.mark.parametrize("path", CALL_RECORDS, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_a_call_record_is_of_a_leg_of_its_trace(path):
    trace, _, _leg = path.name.removesuffix(".json.gz").rpartition("-")
    with gzip.open(path, "rt", encoding="utf-8") as text:
        uuid = json.load(text)["variables"]["uuid"]

    assert any(f"Unique-ID: {uuid}" in line.get("frame", "") for line in lines_of(TRACES[trace]))


def test_the_same_recording_packs_to_the_same_bytes():
    packed = pack(b"{}\n")

    assert packed == pack(b"{}\n")
    assert packed[3:8] == bytes(5), "no name, no time"
