"""The table of states: where each role starts, what is legal, and that everything ends."""

from __future__ import annotations

import pytest

from fs_control.esl import Role, State
from fs_control.esl.states import START, TRANSITIONS, Progress, Trigger


def walk(role: Role, *triggers: Trigger) -> State:
    progress = Progress(role)
    for trigger in triggers:
        assert progress.allows(trigger)
        assert progress.advance(trigger)
    return progress.state


def test_inbound_speaks_after_its_password():
    assert walk(Role.INBOUND, Trigger.AUTH_ASKED, Trigger.SEND_AUTH, Trigger.AUTH_ACCEPTED) is State.READY


def test_a_wrong_password_leads_out():
    steps = (Trigger.AUTH_ASKED, Trigger.SEND_AUTH, Trigger.AUTH_REFUSED, Trigger.DISCONNECT_NOTICE, Trigger.ENDED)

    assert walk(Role.INBOUND, *steps) is State.CLOSED


def test_outbound_may_send_commands_right_behind_connect():
    steps = (Trigger.SEND_CONNECT, Trigger.SEND_SESSION_COMMAND, Trigger.CONNECTED, Trigger.REPLIED)

    assert walk(Role.OUTBOUND, *steps) is State.READY


def test_a_lingering_connection_still_takes_commands():
    steps = (Trigger.SEND_CONNECT, Trigger.CONNECTED, Trigger.LINGER_NOTICE, Trigger.SEND_COMMAND, Trigger.SEND_EXIT)

    assert walk(Role.OUTBOUND, *steps) is State.LEAVING


@pytest.mark.parametrize("trigger", [each for each in Trigger if each.name.startswith("SEND_")])
def test_nothing_is_sent_once_it_is_over(trigger):
    for role in Role:
        for state in (State.LEAVING, State.REFUSED, State.DISCONNECTED, State.CLOSED):
            assert trigger not in TRANSITIONS[role][state]


def test_an_inbound_connection_has_no_call_of_its_own():
    for steps in TRANSITIONS[Role.INBOUND].values():
        assert Trigger.SEND_SESSION_COMMAND not in steps
        assert Trigger.SEND_CONNECT not in steps


@pytest.mark.parametrize("role", Role)
def test_every_state_of_the_table_is_reached_from_the_start(role):
    reached = {START[role]}
    while more := {to for state in reached for to in TRANSITIONS[role][state].values()} - reached:
        reached |= more

    assert reached | {State.CLOSED} == set(TRANSITIONS[role])


@pytest.mark.parametrize("role", Role)
def test_the_end_may_come_at_any_time(role):
    assert walk(role, Trigger.ENDED, Trigger.ENDED) is State.CLOSED


def test_a_step_that_is_not_in_the_table_is_not_taken():
    progress = Progress(Role.INBOUND)

    assert not progress.advance(Trigger.SEND_AUTH)
    assert progress.state is State.WAITING


def test_a_step_that_is_not_in_the_table_is_not_allowed():
    assert not Progress(Role.INBOUND).allows(Trigger.SEND_AUTH)
    assert not Progress(Role.OUTBOUND).allows(Trigger.AUTH_ASKED)
