"""Breaks one rule after the other in a scratch copy, and shows that the test which carries the rule's id notices.

    tools/in-env python tools/mutants.py                  # all of them, two or three minutes
    tools/in-env python tools/mutants.py declined idle    # those whose name holds one of these words

A mutant is a line of `MUTANTS`: a name, a file, the text as it is, the text that breaks the rule, and the test that has
to fail. Exits 1 where a test does not notice, or where the text to be broken is no longer there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
NEEDED = ("fs_control", "tests", "setup.cfg", "ivr_flows", "sql")
PASSED, FAILED = 0, 1
"""How pytest ends; anything else means that the test did not run at all."""

CONFTEST = """from hypothesis import Phase, settings
settings.register_profile("found", phases=[Phase.explicit, Phase.generate])
settings.load_profile("found")
"""
"""In place of ours: no database, and a broken rule has to be found but not to be made small."""

ROUTING = "tests/unit/centre/test_routing.py::test_"
STRATEGIES = "tests/unit/centre/test_strategies.py::test_"
RINGING = "tests/unit/centre/test_ring_and_answer.py::test_"
RECORDS = "tests/unit/centre/test_call_records.py::test_"
OWN_AGENTS = "tests/unit/centre/test_own_agents.py::test_"
LINES = "tests/unit/centre/test_line.py::test_"
STATES = "tests/unit/centre/test_states.py::test_"


@dataclass(frozen=True)
class Mutant:
    """One broken rule."""

    name: str
    file: str
    old: str
    new: str
    test: str


MUTANTS = (
    Mutant(
        "next after declined: who declined is asked again as if nothing had been",
        "centre/offers_over.py",
        "if result is OfferResult.DECLINED else call.declined",
        "if False else call.declined",
        f"{RINGING}C1_reject_moves_the_call_on_and_the_same_agent_is_not_offered_it_again",
    ),
    Mutant(
        "next after no answer: the longest idle is rung again though there is another",
        "queues/choice.py",
        "if each.tried == least]",
        "]",
        f"{ROUTING}Q6_longest_idle_time_prefers_one_whom_this_caller_has_not_tried",
    ),
    Mutant(
        "longest idle: the shortest idle goes first",
        "queues/strategies.py",
        "return candidate.idle_since\n",
        "return -candidate.idle_since\n",
        "tests/unit/queues/test_strategies.py::test_Q6_longest_idle_time_first",
    ),
    Mutant(
        "longest idle: since becoming idle instead of since the last call",
        "agents/machine.py",
        "return self.last_call_ended_at or self.signed_in_at or NEVER",
        "return self.state_since",
        f"{ROUTING}Q6_longest_idle_time_is_since_the_last_call_and_not_since_becoming_idle",
    ),
    Mutant(
        "longest idle: by the switch's clock instead of ours",
        "centre/step.py",
        "advance_agent(self.agent(agent), trigger, self.now)",
        "advance_agent(self.agent(agent), trigger, self.moment)",
        f"{ROUTING}Q6_longest_idle_time_is_taken_by_our_clock_however_wrong_the_switchs_is",
    ),
    Mutant(
        "longest idle state: the clock of the last call instead of that of the state",
        "agents/machine.py",
        "return max(self.state_since, self.ready_since or self.signed_in_at or NEVER)",
        "return self.idle_since",
        f"{STRATEGIES}Q7_who_was_away_moves_to_the_end_under_Q7_but_not_under_Q6",
    ),
    Mutant(
        "returning customer: whoever served the caller before is not asked for",
        "queues/choice.py",
        "chosen = claimant or pick(",
        "chosen = pick(",
        f"{STRATEGIES}Q2_the_agent_who_served_the_caller_before_is_offered_though_another_is_idle_longer",
    ),
    Mutant(
        "round robin: the turn is not remembered",
        "centre/offers.py",
        "step.change(turns=step.centre.turns.set(group.id, decision.agent))",
        "pass",
        f"{STRATEGIES}Q3_round_robin_ten_calls_over_three_idle_agents_also_after_a_restart",
    ),
    Mutant(
        "round robin: the turn begins anew when the directory changes",
        "centre/surroundings.py",
        "turns=Map(_turns(centre, event.directory)),",
        "turns=Map(),",
        f"{STRATEGIES}Q3_round_robin_ten_calls_over_three_idle_agents_also_after_a_restart",
    ),
    Mutant(
        "fewest calls: only inbound ones are counted",
        "agents/machine.py",
        "return self.inbound_today + self.outbound_today",
        "return self.inbound_today",
        f"{STRATEGIES}Q5_fewest_inbound_calls_differs_from_Q4_when_an_agent_dials",
    ),
    Mutant(
        "fewest calls: those of yesterday are counted, too",
        "centre/today.py",
        "if event.day != step.centre.today:",
        "if False:",
        f"{STRATEGIES}Q4_counting_begins_anew_at_midnight_and_not_before",
    ),
    Mutant(
        "fewest calls: a restart forgets them",
        "centre/today.py",
        "if event.day != step.centre.today:",
        "if True:",
        f"{STRATEGIES}Q4_the_same_day_told_again_keeps_the_counts",
    ),
    Mutant(
        "round robin, found by chance alone: always from the top",
        "queues/strategies.py",
        "(each.place <= occasion.last_turn, each.place)",
        "each.place",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "fewest calls, found by chance alone: calls count twice",
        "agents/machine.py",
        "inbound_today=agent.inbound_today + 1",
        "inbound_today=agent.inbound_today + 2",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "top down, found by chance alone: the lowest level is asked last",
        "queues/strategies.py",
        "key=lambda each: (each.level, each.place)",
        "key=lambda each: (-each.level, each.place)",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "random: always the same one",
        "queues/strategies.py",
        "[number % len(pool)]",
        "[0]",
        f"{STRATEGIES}Q8_random_never_takes_an_agent_who_is_not_idle_and_takes_all_who_are",
    ),
    Mutant(
        "two groups: one line after the other instead of who waited longest",
        "centre/matching.py",
        "heapq.merge(*lines, key=lambda each: order_in_line(each[0], each[1].id))",
        "(caller for line in lines for caller in line)",
        f"{ROUTING}Q1_the_caller_who_waited_longest_across_the_groups_comes_first",
    ),
    Mutant(
        "two groups: an agent is known in the last group only",
        "centre/surroundings.py",
        "groups_of[agent] = (*groups_of.get(agent, ()), group.id)",
        "groups_of[agent] = (group.id,)",
        f"{ROUTING}Q1_the_caller_who_waited_longest_across_the_groups_comes_first",
    ),
    Mutant(
        "reservation at choice: the agent is free until the phone rings",
        "centre/offers.py",
        "    step.reserve((offer.agent for offer in made), call.id)\n",
        "",
        f"{ROUTING}Q13_two_callers_at_once_never_get_one_agent",
    ),
    Mutant(
        "busy agents: what an agent is doing is not looked at",
        "centre/muster.py",
        "if agent.state is not _IDLE:",
        "if False:",
        f"{ROUTING}Q13_a_busy_agent_is_skipped_for_an_idle_one",
    ),
    Mutant(
        "busy agents, found by chance alone: who is rung is not reserved",
        "centre/offers.py",
        "    step.reserve((offer.agent for offer in made), call.id)\n",
        "",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "leave line, found by chance alone: the caller who left keeps a place",
        "centre/endings.py",
        "    leave_line(step, live)\n    expect_no_more(step, call)\n",
        "    expect_no_more(step, call)\n",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "timers, found by chance alone: the ring timer of a dead call runs on",
        "centre/endings.py",
        '    step.cancel_timer(TimerId(f"ring:{leg}"))\n',
        "",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "leave line at hang-up: the caller who left keeps a place",
        "centre/endings.py",
        "    leave_line(step, live)\n    expect_no_more(step, call)\n",
        "    expect_no_more(step, call)\n",
        "tests/unit/centre/test_leaving.py::test_Q13_the_caller_leaving_at_any_moment_frees_everybody",
    ),
    Mutant(
        "free the agent at hang-up: the phone rings on for nobody",
        "centre/endings.py",
        "    live = let_go_of_agent(step, live, OfferResult.CALLER_LEFT, cause)\n",
        "",
        "tests/unit/centre/test_leaving.py::test_Q13_the_caller_leaving_at_any_moment_frees_everybody",
    ),
    Mutant(
        "rest after unregistered: a phone that is not there is rung again at once",
        "agents/machine.py",
        "    OfferResult.UNREGISTERED: seconds(30),\n",
        "",
        f"{RINGING}C1_a_phone_that_cannot_be_rung_goes_on_to_the_next_and_rests",
    ),
    Mutant(
        "60 s rule: who declined is asked again after 30 s",
        "queues/line.py",
        "ASK_DECLINER_AGAIN_AFTER: Final = seconds(60)",
        "ASK_DECLINER_AGAIN_AFTER: Final = seconds(30)",
        f"{RINGING}C1_who_declined_is_asked_again_after_60_s_when_nobody_else_is_signed_in",
    ),
    Mutant(
        "60 s rule: who declined is asked again though others are signed in",
        "queues/line.py",
        "return not others_signed_in and now",
        "return now",
        f"{RINGING}C1_who_declined_is_not_asked_again_while_somebody_else_is_signed_in_though_busy",
    ),
    Mutant(
        "60 s rule: the second one to decline puts off the first",
        "centre/offers_over.py",
        "Micros(min(to_come) - step.now)",
        "Micros(max(to_come) - step.now)",
        f"{RINGING}C1_each_of_two_who_declined_is_asked_again_60_s_after_their_own_no",
    ),
    Mutant(
        "state at answer: the agent is on call only when the legs are joined",
        "agents/machine.py",
        "(AgentState.RINGING, AgentTrigger.ANSWERED): AgentState.ON_CALL",
        "(AgentState.RINGING, AgentTrigger.ANSWERED): AgentState.RINGING",
        f"{RINGING}C1_the_state_changes_exactly_at_answer",
    ),
    Mutant(
        "segment borders: a segment starts when it is told and not where the last one ended",
        "cdr/fold.py",
        "Segment(kind, start, group=group, agent=agent)",
        "Segment(kind, at, group=group, agent=agent)",
        "tests/unit/cdr/test_fold.py::test_D1_whatever_the_clocks_say_the_segments_touch_and_their_sum_is_the_call",
    ),
    Mutant(
        "segment borders: a segment may end before it began",
        "cdr/fold.py",
        "    end = max(at, current.started_at)\n",
        "    end = at\n",
        "tests/unit/cdr/test_fold.py::test_D1_whatever_the_clocks_say_the_segments_touch_and_their_sum_is_the_call",
    ),
    Mutant(
        "two clocks: ours and the switch's stand side by side in one record",
        "centre/step.py",
        "return Micros(at + self.centre.switch_ahead)",
        "return at",
        f"{RECORDS}D1_the_segments_touch_and_their_sum_is_the_call_however_far_the_clocks_are_apart",
    ),
    Mutant(
        "agent detail: the answer is not written down",
        "centre/joining.py",
        "record=offer_answered(live.record, leg, step.moment)",
        "record=live.record",
        f"{RECORDS}D8_each_agent_who_was_rung_has_a_row_with_ring_and_talk",
    ),
    Mutant(
        "nobody signed in: the caller waits all the same",
        "centre/presence.py",
        "return known is not None and any(step.agent(member).is_ready for member in known.members)",
        "return known is not None",
        "tests/unit/centre/test_flow_and_line.py"
        "::test_N13_at_03_00_with_nobody_signed_in_the_caller_is_answered_and_hears_a_sentence",
    ),
    Mutant(
        "no flow: the call is taken",
        "centre/admission.py",
        'return Refused(Disposition.NO_FLOW, "no-flow")',
        'return Refused(Disposition.NO_NUMBER, "no-number")',
        "tests/unit/centre/test_admission.py::test_N1_a_number_without_a_flow_is_refused_with_a_record"
        "_and_runs_the_flow_once_it_is_bound",
    ),
    Mutant(
        "limit of a number: one call too many",
        "centre/admission.py",
        "centre.loads.get(number.number, 0) >= number.max_calls",
        "centre.loads.get(number.number, 0) > number.max_calls",
        "tests/unit/centre/test_admission.py"
        "::test_N1_a_number_takes_as_many_calls_as_it_may_and_one_more_when_one_has_ended",
    ),
    Mutant(
        "number formats: a country without its plus is not seen",
        "ids.py",
        "return (digits, without_zero, with_plus)",
        "return (digits, without_zero)",
        "tests/unit/ids/test_phone_numbers.py"
        "::test_O12_every_written_form_is_read_as_the_same_number_and_the_raw_form_is_kept",
    ),
    Mutant(
        "dial strings: a caller's name goes in as it came",
        "switch/encode.py",
        'dial_string_value(caller_name) or "unknown"',
        'caller_name or "unknown"',
        "tests/property/test_switch_dial_strings.py",
    ),
    Mutant(
        "own agent: one of another group who becomes free is not matched with who waits for them",
        "centre/step.py",
        "self.rematch.update(self.centre.calls[call].call.lines)",
        "pass",
        f"{OWN_AGENTS}M6_a_waiting_customer_gets_the_owner_who_becomes_free_though_no_member",
    ),
    Mutant(
        "own agent, found by chance alone: who waits for whom is not forgotten",
        "centre/endings.py",
        "    forget_wanted(step, live)\n",
        "",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "own agent: a memory that has expired counts",
        "centre/own_agent.py",
        "and memory.standing is MemoryStanding.VALID and",
        "and memory.standing is not MemoryStanding.NUMBER_TAKES_NO_PART and",
        f"{OWN_AGENTS}M2_a_memory_counts_until_it_expires_and_the_decision_names_the_expiry",
    ),
    Mutant(
        "own agent: the strategy chooses the substitute, and not chance",
        "queues/choice.py",
        "if stands_in and colleague is Colleague.RANDOM:",
        "if False:",
        f"{OWN_AGENTS}M7_an_owner_who_is_busy_a_colleague_drawn_at_random_stands_in",
    ),
    Mutant(
        "own agent: one who is no target is reached all the same",
        "centre/own_agent.py",
        "return live.own_agents is None or agent in live.own_agents",
        "return True",
        f"{OWN_AGENTS}N11_only_a_target_is_reached_as_the_callers_own_agent",
    ),
    Mutant(
        "own agent: colleagues are asked although the caller is to wait",
        "centre/own_agent.py",
        "return is_signed_in(agent) and own not in live.call.tried and not is_to_be_had(agent)",
        "return False",
        "tests/unit/centre/test_own_wait.py::test_colleagues_are_not_asked_before_the_time_is_over",
    ),
    Mutant(
        "look-up: somebody is rung before it is known who calls",
        "centre/muster.py",
        "if live.being_looked_up or is_kept_for_own(",
        "if is_kept_for_own(",
        "tests/unit/centre/test_looking_up.py::"
        "test_a_caller_in_line_keeps_the_place_and_is_not_matched_before_the_answer",
    ),
    Mutant(
        "look-up: a late answer counts",
        "centre/lookup.py",
        "if live is None or not live.being_looked_up:",
        "if live is None:",
        "tests/unit/centre/test_looking_up.py::test_a_late_answer_is_no_news",
    ),
    Mutant(
        "the line: a VIP stands behind all who came before",
        "centre/place.py",
        "return (-call.priority, call.in_line_since(group))",
        "return (0, call.in_line_since(group))",
        f"{LINES}N8_a_vip_is_offered_to_the_next_free_agent_and_the_others_move_back_by_one",
    ),
    Mutant(
        "the line, found by chance alone: a VIP stands behind all who came before",
        "centre/place.py",
        "return (-call.priority, call.in_line_since(group))",
        "return (0, call.in_line_since(group))",
        "tests/property/test_centre_machine.py",
    ),
    Mutant(
        "the line: an exit key counts only while no phone rings",
        "centre/keys.py",
        "live.call.state in (CallState.WAITING, CallState.RINGING_AGENT)",
        "live.call.state is CallState.WAITING",
        "tests/unit/centre/test_exit_keys.py::test_Q10_a_key_stops_the_phone_that_rings_and_its_agent_is_free_at_once",
    ),
    Mutant(
        "the line: who comes by overflow goes before those who wait there",
        "calls/machine.py",
        "return self.also_in.get(group, self.joined_at or NEVER)",
        "return self.joined_at or NEVER",
        f"{LINES}who_comes_by_overflow_stands_behind_all_who_wait_there",
    ),
    Mutant(
        "the line: only the own group is asked when the time for the own agent is over",
        "centre/own_wait.py",
        "    step.rematch.update(live.call.lines)\n\n\ndef _asking_group",
        "    step.rematch.update(live.call.lines[:1])\n\n\ndef _asking_group",
        "tests/unit/centre/test_own_wait.py"
        "::test_a_group_that_helps_out_is_asked_when_the_time_for_the_own_agent_is_over",
    ),
    Mutant(
        "wrap-up: a group's time counts before the agent's own",
        "agents/settings.py",
        "first_given(0.0, own, group.wrap_up_s if group is not None else None, defaults.wrap_up_s)",
        "first_given(0.0, group.wrap_up_s if group is not None else None, own, defaults.wrap_up_s)",
        f"{STATES}A13_the_time_for_notes_is_the_agents_else_the_groups_else_the_enterprises",
    ),
    Mutant(
        "wrap-up: who was never joined with the caller has notes to finish",
        "centre/wrap_up.py",
        "if agent.talked_for is None or agent.status",
        "if agent.status",
        f"{STATES}A13_who_hangs_up_before_being_joined_has_nothing_to_note",
    ),
    Mutant(
        "wrap-up: ready waits for its end",
        "centre/readiness.py",
        "    wrap_up.end(step, event.agent)\n",
        "",
        f"{STATES}A8_ready_ends_the_notes_at_once",
    ),
    Mutant(
        "wrap-up: its end is no beginning of being idle (Q7)",
        "agents/machine.py",
        "state=AgentState.IDLE, state_since=at, call=None",
        "state=AgentState.IDLE, call=None",
        f"{STATES}Q7_the_end_of_the_notes_is_the_beginning_of_being_idle_and_Q6_counts_from_the_call",
    ),
    Mutant(
        "break: one that was wanted is forgotten when the call is over",
        "agents/machine.py",
        "if idle.break_after_call is None or not idle.is_ready:",
        "if True:",
        f"{STATES}A7_after_the_call_a_break_begins_when_the_notes_are_over",
    ),
    Mutant(
        "break: any reason will do",
        "centre/readiness.py",
        "if reason in known or not (known or reason):",
        "if True:",
        f"{STATES}A9_a_break_has_one_of_the_enterprises_reasons",
    ),
    Mutant(
        "sign-in: everybody begins ready",
        "centre/readiness.py",
        "signed_in(step.agent(event.agent), step.now, on_break=on_break)",
        "signed_in(step.agent(event.agent), step.now)",
        f"{STATES}A10_an_agent_begins_as_preset",
    ),
    Mutant(
        "a phone that only says again that it is there ends a break",
        "centre/surroundings.py",
        "is_back = step.centre.phones.get(event.phone) is False",
        "is_back = True",
        f"{STATES}C1_a_phone_that_only_says_again_that_it_is_there_ends_no_break",
    ),
)


def main(words: list[str]) -> int:
    """Try the mutants that are asked for; return the exit code."""
    chosen = [mutant for mutant in MUTANTS if not words or any(word in mutant.name for word in words)]
    if not chosen:
        print(f"no mutant's name holds any of: {' '.join(words)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="fs_control-mutants-") as folder:
        copy = _copied_to(Path(folder))
        tests = list(dict.fromkeys(mutant.test for mutant in chosen))
        if _run(copy, *tests) != PASSED:
            print("the tests do not pass as it is; nothing can be said about mutants")
            return 2
        outcomes = [_try(copy, mutant) for mutant in chosen]
    print(f"{outcomes.count('noticed')} of {len(chosen)} noticed")
    return 0 if all(outcome == "noticed" for outcome in outcomes) else 1


def _copied_to(folder: Path) -> Path:
    leave_out = shutil.ignore_patterns("__pycache__", "*.wav", "integration", "scenarios", "skeleton")
    for name in NEEDED:
        source = CLONE / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave_out)
        else:
            shutil.copy(source, folder / name)
    (folder / "tests" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    return folder


def _try(copy: Path, mutant: Mutant) -> str:
    path = copy / "fs_control" / mutant.file
    text = path.read_text(encoding="utf-8")
    bytecode = Path(cache_from_source(str(path)))
    if text.count(mutant.old) != 1:
        outcome = "CANNOT BE MADE: the text is not there exactly once"
    else:
        path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
        bytecode.unlink(missing_ok=True)  # a change within the same second might not be seen
        ended = _run(copy, mutant.test)
        path.write_text(text, encoding="utf-8")
        bytecode.unlink(missing_ok=True)
        outcome = {FAILED: "noticed", PASSED: "SURVIVES"}.get(ended, "BROKE THE TEST RUN")
    print(f"{outcome:<9} {mutant.name}\n          {mutant.test.rpartition('/')[2]}", flush=True)
    return outcome


def _run(copy: Path, *tests: str) -> int:
    """Run tests in the copy."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=copy, env=environment, stdout=subprocess.DEVNULL, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
