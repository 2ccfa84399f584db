"""Days on which people do anything: each call can be drawn and replayed, and a masked day is decided as the real."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fs_control.cdr.ladder import ladder_of
from fs_control.cdr.timeline import MarkKind
from fs_control.cdr.timeline_reading import timeline_of
from fs_control.centre import transition
from fs_control.centre.closeup import Closeup, closeup_of
from fs_control.face.story_book import story_book
from fs_control.face.timeline.svg import svg
from fs_control.face.timeline.telling import tell_timeline
from fs_control.ids import AgentId, CallId
from fs_control.records import Action
from fs_control.runtime.codec import decode_event, encode_event
from fs_control.runtime.masking import Mask
from fs_control.runtime.replay import replay_call
from fs_control.testing.builders import phone_of
from fs_control.testing.talk_rules import OUTSIDER, Talks
from tests.unit.runtime.written import write

EXAMPLES: Final = 6
PHASES: Final = (Phase.explicit, Phase.reuse, Phase.generate)
"""A broken rule is shown as it was found: to make a day smaller takes longer than finding it."""
ACTIONS: Final = (
    *(Action.HOLD, Action.RESUME, Action.HANG_UP, Action.TRANSFER, Action.CONSULT),
    *(Action.SWAP, Action.JOIN, Action.COMPLETE, Action.CANCEL),
)
TARGETS: Final = ("801", "802", "803", "sales", "service", OUTSIDER)
AGENTS: Final = {f"80{agent}": AgentId(agent) for agent in range(1, 5)}
DAYS = st.integers(0, 10_000)


def a_day(seed: int) -> Talks:
    """Let three customers and four agents do anything for a while, and everybody leave at last."""
    chance, talks = Random(seed), Talks()
    talks.sign_in(1, 2, 3, 4)
    for _ in range(50):
        match chance.randrange(6):
            case 0 if len(talks.centre.calls) < 3:
                talks.customer()
            case 1 | 2:
                for phone in (*map(phone_of, range(1, 5)), OUTSIDER):
                    talks.picks_up(phone)
            case 3 | 4:
                talks.asks(chance.randrange(1, 5), chance.choice(ACTIONS), chance.choice(TARGETS))
            case _:
                talks.wait(chance.choice((0.1, 1.0, 4.0, 20.0)))
    talks.customers_leave()
    return talks


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(seed=DAYS)
def test_D1_whatever_happens_in_a_call_it_can_be_drawn(seed: int) -> None:
    talks = a_day(seed)
    book = story_book(talks.centre.directory)
    for record in talks.records.values():
        timeline = timeline_of(record, AGENTS)
        moment = record.started_at
        for span in (span for span in timeline.spans if span.lane == 0):
            assert span.start == moment
            moment = span.end
        assert moment == record.ended_at
        rung = [mark for mark in timeline.marks if mark.kind in (MarkKind.RINGS, MarkKind.OFFERED)]
        assert len(rung) == len(record.offers)
        assert timeline.marks[-1].kind is MarkKind.ENDED
        heights = [row.height for row in ladder_of(timeline).rows]
        assert heights == sorted(heights)
        for language in ("en", "zh"):
            assert svg(tell_timeline(timeline, book, language)).endswith("</svg>\n")


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(seed=DAYS)
def test_a_masked_day_is_decided_as_the_real_one(seed: int) -> None:
    talks, mask = a_day(seed), Mask(Random(seed).randrange)
    lines = [encode_event(sequence, event).rstrip(b"\n") for sequence, event in enumerate(talks.events, start=1)]
    mask.learn(lines)
    real = masked = Talks().centre
    for line in lines:
        hidden = mask.line(line)
        assert b"13800138000" not in hidden
        assert OUTSIDER.encode() not in hidden
        one, other = transition(real, decode_event(line)[1]), transition(masked, decode_event(hidden)[1])
        assert one.reasons == other.reasons
        assert list(map(type, one.commands)) == list(map(type, other.commands))
        real, masked = one.centre, other.centre


@settings(max_examples=EXAMPLES, phases=PHASES)
@given(seed=DAYS)
def test_a_replay_leaves_no_change_out(seed: int) -> None:
    """What was so after a step is so before the next one, but for what the agents did elsewhere meanwhile."""
    talks = a_day(seed)
    with TemporaryDirectory() as folder:
        write(Path(folder), talks.events)
        for call in talks.records:
            steps = replay_call(Path(folder), call).steps
            for one, other in pairwise(steps):
                assert of_call(closeup_of(one.after, call)) == of_call(closeup_of(other.before, call))
            assert {"record"} <= {fact.name for fact in closeup_of(steps[-1].after, CallId(call))}


def of_call(closeup: Closeup) -> Closeup:
    return {fact: said for fact, said in closeup.items() if fact.name != "agent"}
