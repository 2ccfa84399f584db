"""Every caller meets agents who leave the end of the call to whoever the story says."""

from __future__ import annotations

from chaos.people import SHARES, Crowd, EndsBy, Story, caller_number, directory, flows, lines
from fs_control.flow import parse_flow
from fs_control.store.directory_file import parse_directory
from fs_control.virtual_switch.script import HangUp

CENTRE = lines(20.0)


def test_the_directory_and_every_flow_can_be_read():
    parse_directory(directory(CENTRE), "directory.yaml")
    groups = [line.name for line in CENTRE]
    for name, text in flows(CENTRE).items():
        assert (
            parse_flow(text, filename=name, groups=groups, prompts=("main-menu", "goodbye", "nobody-signed-in")).name
            == name
        )


def test_who_ends_the_call_hangs_up_in_the_end_and_nobody_else_does():
    crowd = Crowd("1", CENTRE)
    for story in SHARES:
        steps = crowd.script(story, caller_number(1)).steps
        assert isinstance(steps[-1], HangUp) == (story.ends_by is EndsBy.CALLER), story


def test_callers_who_stay_meet_phones_that_hang_up_and_callers_who_leave_meet_phones_that_do_not():
    crowd = Crowd("1", CENTRE)
    by_number = {line.number: line for line in CENTRE}
    for story in (Story.SERVED, Story.WAITS_SERVED, Story.PROBE):
        assert by_number[crowd.script(story, caller_number(1)).number].phone.talk is not None
    for story in (Story.TALKS_LONG, Story.ABANDONS, Story.LEAVES_RINGING):
        assert by_number[crowd.script(story, caller_number(1)).number].phone.talk is None


def test_a_seed_gives_the_same_callers():
    one, other = (Crowd("5", CENTRE) for _ in range(2))
    assert [one.next_story() for _ in range(50)] == [other.next_story() for _ in range(50)]


def test_shares_are_shares():
    assert abs(sum(SHARES.values()) - 1) < 1e-9
