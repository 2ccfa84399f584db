"""Every finding that the doctor can have is a sentence, and everything to be done about is said how."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from fs_control.errors import RemoteFault
from fs_control.face.doctor import checks, outbox_check, own_checks, sip_checks, state
from fs_control.face.doctor.findings import Item, bad, ok
from fs_control.face.doctor.page import as_json, finding_words
from fs_control.flow import FlowProblem
from fs_control.texts.catalogue import CATALOGUE

KINDS = ("ok", "warning", "bad", "skipped")
EVERYTHING = "**"


def findings():
    """Kind, code and names of values of each finding that the checks construct."""
    for module in (checks, sip_checks, own_checks, outbox_check, state):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=code)]) if kind in KINDS:
                    yield kind, code, frozenset(keyword.arg or EVERYTHING for keyword in node.keywords)


FINDINGS = sorted(set(findings()), key=str)


def lacking(code, given):
    """The values of a text that a finding does not give; one that spreads a mapping is tried by its own test."""
    fields = {field for text in CATALOGUE[code] for _, field, _, _ in string.Formatter().parse(text) if field}
    return set() if EVERYTHING in given else fields - given


def test_the_findings_are_found():
    assert ("bad", "password_default", frozenset()) in FINDINGS
    assert len(FINDINGS) > 60


@pytest.mark.parametrize(("kind", "code", "given"), FINDINGS, ids=[f"{kind}-{code}" for kind, code, _ in FINDINGS])
def test_a_finding_has_its_sentence_and_where_something_is_to_be_done_its_remedy(kind, code, given):
    assert lacking(f"doctor.{code}", given) == set()
    if kind in ("warning", "bad"):
        assert lacking(f"doctor_remedy.{code}", given) == set()
    else:
        assert f"doctor_remedy.{code}" not in CATALOGUE


def test_no_sentence_is_left_over():
    said = {code.partition(".")[2] for code in CATALOGUE if code.startswith(("doctor.", "doctor_remedy."))}
    assert said == {code for _, code, _ in FINDINGS}


def test_every_item_has_its_name():
    named = {code.partition(".")[2] for code in CATALOGUE if code.startswith("doctor_item.")}
    assert named == {"state", "switch", "event_socket", *checks.CHECKS, *own_checks.CHECKS}


def test_an_error_and_a_problem_of_ours_are_told_as_sentences():
    problem = FlowProblem("main.yaml", 3, 5, "flow_unknown_step", {"name": "salse"}, "steps.x")
    told = finding_words(bad("flows_with_mistakes", count=1, problem=problem))
    assert told.startswith("Mistakes: 1, the first at main.yaml:3:5 There is no step “salse”")
    assert "refused" in finding_words(bad("database_not_had", fault=RemoteFault("database_away", reason="refused")))


def test_the_page_for_machines_has_codes_values_and_remedies():
    page = as_json([Item("port", bad("port_taken", port=8084)), Item("database", ok("database_good"))])
    assert (page["is_bad"], [item["severity"] for item in page["items"]]) == (True, ["bad", "ok"])
    assert (page["items"][0]["values"], page["items"][1]["remedy"]) == ({"port": 8084}, None)
    assert "ss -ltnp" in page["items"][0]["remedy"]
