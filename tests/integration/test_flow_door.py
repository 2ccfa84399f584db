"""What a flow's text has to pass before it is active: names, the proof, its sentences; and what a start lets stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fs_control.activating import Acceptance, Draft, FlowDoor, Judgement, activate_flows
from fs_control.activating.proving import Sources
from fs_control.errors import UserMistake
from fs_control.flow import Flow, Library
from fs_control.flow.proof import Finding, Place, Rule
from fs_control.records import Directory

MAIN = """\
flow: main
language: zh
start: line
steps:
  line: {do: queue, group: sales, nobody_signed_in: end}
  end: {do: hangup}
"""
OTHER = MAIN.replace("sales", "service")
CALLING = MAIN.replace("{do: hangup}", "{do: flow, flow: night}")
NIGHT = """\
flow: night
language: zh
start: sorry
steps:
  sorry: {do: play, prompt: nobody-signed-in, next: end}
  end: {do: hangup}
"""
NO_RULES = Acceptance()


class Examiner:
    """A proof that finds what a test tells it to, and remembers what it was asked; a voice that may fail."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Rule]] = {}
        self.asked: list[tuple[str, set[str]]] = []
        self.mute = False

    def prove(self, library: Library, name: str, sources: Sources, _directory: Directory) -> Sequence[Finding]:
        self.asked.append((name, set(library)))
        return [Finding(rule, name, "line", Place(sources[name][0], 5, 3)) for rule in self.rules.get(name, [])]

    def speak(self, flow: Flow) -> None:
        if self.mute:
            raise UserMistake("flow_never_active", flow=flow.name, nearest=None)


class Office:
    """An admin with a folder, and a door that is watched by an examiner."""

    def __init__(self, database: Engine, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.examiner = Examiner()
        self.door = FlowDoor(database, self.examiner.prove, self.examiner.speak)

    def judge(self, **flows: str) -> Judgement:
        return self.door.judge([Draft(name, text, f"{name}.yaml") for name, text in flows.items()])

    def activate(self, acceptance: Acceptance = NO_RULES, **flows: str) -> None:
        self.door.let_in(self.judge(**flows), "wang", acceptance)

    def write(self, **flows: str) -> None:
        for name, text in flows.items():
            (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def start(self) -> tuple[str, ...]:
        """What a start activates."""
        return activate_flows(self.folder, self.database, "run", self.door).activated

    def active(self) -> dict[str, str]:
        return {name: flow.text for name, flow in self.door.history.active().items()}


@pytest.fixture
def office(database: Engine, tmp_path: Path) -> Office:
    return Office(database, tmp_path)


# --- sub-flows -----------------------------------------------------------------------------------------------------


def test_a_flow_that_runs_one_which_is_neither_active_nor_given_is_refused(office: Office) -> None:
    (problem,) = office.judge(main=CALLING).problems
    assert (problem.line, problem.code) == (6, "flow_unknown_flow")
    office.activate(main=CALLING, night=NIGHT)
    assert office.judge(main=CALLING.replace("sales", "service")).problems == ()


def test_what_is_proved_is_where_calls_begin_with_everything_that_they_may_come_to(office: Office) -> None:
    """The number of the enterprise leads to `main`; in `night` no call begins, but its change may strand one."""
    office.activate(main=CALLING, night=NIGHT)
    assert office.examiner.asked == [("main", {"main", "night"})]
    office.activate(night=NIGHT.replace("nobody-signed-in", "goodbye"))
    assert office.examiner.asked[1:] == [("main", {"main", "night"})]
    office.activate(night=NIGHT.replace("nobody-signed-in", "goodbye"))
    assert len(office.examiner.asked) == 2  # it is active already


# --- the proof -----------------------------------------------------------------------------------------------------


def test_N10_what_the_proof_finds_keeps_a_flow_out_unless_its_rule_is_accepted_with_a_reason(office: Office) -> None:
    office.examiner.rules = {"main": [Rule.GROUP_WITHOUT_MEMBERS]}
    with pytest.raises(UserMistake, match="flow_not_activated"):
        office.activate(main=MAIN)
    assert office.active() == {}
    office.activate(Acceptance(("group_without_members",), "they start on Monday"), main=MAIN)
    about = office.door.history.active()["main"].about
    assert (about.accepted, about.reason) == (("group_without_members",), "they start on Monday")


@pytest.mark.parametrize(
    ("rule", "code"), [("no_way_out", "flow_rule_not_acceptable"), ("group_without_member", "flow_rule_not_found")]
)
def test_a_rule_that_was_not_found_or_cannot_be_accepted_is_refused(office: Office, rule: str, code: str) -> None:
    office.examiner.rules = {"main": [Rule.GROUP_WITHOUT_MEMBERS, Rule.NO_WAY_OUT]}
    with pytest.raises(UserMistake, match=code):
        office.activate(Acceptance(("group_without_members", rule), "why not"), main=MAIN)


def test_what_cannot_be_said_keeps_all_of_them_out(office: Office) -> None:
    office.examiner.mute = True
    with pytest.raises(UserMistake):
        office.activate(main=CALLING, night=NIGHT)
    assert office.active() == {}


# --- a start -------------------------------------------------------------------------------------------------------


def test_a_start_activates_what_is_new_and_leaves_what_was_rolled_back(office: Office) -> None:
    """It must not undo silently what somebody did in an emergency."""
    office.write(main=MAIN)
    assert office.start() == ("main",)
    office.write(main=OTHER)
    assert office.start() == ("main",)
    first = office.door.history.versions("main")[-1]
    office.door.roll_back(first, office.judge(main=MAIN), "li", "")
    told = activate_flows(office.folder, office.database, "run", office.door)
    assert (told.activated, told.rolled_back, office.active()) == ((), ("main",), {"main": MAIN})
    office.write(main=OTHER.replace("end", "bye"))
    assert office.start() == ("main",)


def test_a_start_takes_in_what_passes_and_names_the_rest(office: Office) -> None:
    office.write(main=MAIN.replace("sales", "sale"), night=NIGHT, calls=CALLING.replace("flow: main", "flow: calls"))
    (office.folder / "gbk.yaml").write_bytes("flow: 主".encode("gbk"))
    office.examiner.rules = {"calls": [Rule.NO_WAY_OUT]}
    told = activate_flows(office.folder, office.database, "run", office.door)
    assert (told.activated, [each.flow for each in told.found]) == (("night",), ["calls"])
    codes = {Path(each.file).stem: each.code for each in told.refused}
    assert codes == {"main": "flow_unknown_group", "gbk": "flow_other_encoding"}
    office.examiner.rules = {}
    assert office.start() == ("calls",)


def test_what_a_refused_flow_was_to_be_run_by_is_refused_with_it(office: Office) -> None:
    office.write(main=CALLING, night=NIGHT.replace("nobody-signed-in", "nothing-like-it"))
    told = activate_flows(office.folder, office.database, "run", office.door)
    assert told.activated == ()
    assert [each.code for each in told.refused] == ["flow_unknown_prompt", "flow_unknown_flow"]


def test_a_start_goes_on_where_a_sentence_cannot_be_made(office: Office) -> None:
    office.examiner.mute = True
    office.write(main=MAIN)
    told = activate_flows(office.folder, office.database, "run", office.door)
    assert (told.activated, [each.code for each in told.refused]) == ((), ["flow_never_active"])
