"""Why a call went as it did: a record in, one plain sentence and the turns of the call out, in the reader's language.

A turn is a decision with its card, or whatever else decided where the caller went: a step of the flow that is not
merely heard or pressed, and a segment that was ended by something no step tells. Pure, like `story`. Easy to break:
nothing is left out because it is not known here; a kind that comes later is shown by its text (`turn.<kind>`), and
without one by its bare name.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from fs_control.face.clock_words import local_time
from fs_control.face.step_words import NO_MESSAGE, SAID_ANYWAY, exit_words, step_words
from fs_control.face.story import SHORT_ID
from fs_control.face.story_book import StoryBook
from fs_control.face.why_sentence import plain_sentence
from fs_control.face.why_words import Answers, WhyWords, words_for
from fs_control.ids import AgentId, Micros
from fs_control.queues import WhatIf, if_claim_counted
from fs_control.records import (
    CallRecord,
    Disposition,
    FlowStep,
    OfferResult,
    PassedOver,
    RoutingDecision,
    Segment,
)
from fs_control.texts import sentence

MOST_ROWS: Final = 20
"""So many lines of a card are shown unless everybody is asked for."""

MOST_NAMES: Final = 5
"""So many agents of one line are named; a group of hundreds would bury the one who is looked for."""

NO_TURNS: Final = ("heard", "not_heard", "told", "left_during", "pressed", "wrong_key", "no_key", "announced")
"""Kinds of steps that say what the caller heard and did: the story of the call, and no decision about it."""

FINISHED: Final = "finished"
"""The last word of a flow that came to its end."""

OVERTOOK: Final = "vip"
"""The kind of a step that says how many were overtaken in a line."""

JOINED: Final = "joined_line"
"""The cause of a segment that ended in a line."""

TOLD_BY_CARDS: Final = ("offered", "answered", "agent_left")
"""Causes of segments that a card says in more words, as it does those of offers in vain (`offer_...`)."""

_REFUSED: Final = (
    Disposition.NO_NUMBER,
    Disposition.NO_FLOW,
    Disposition.NUMBER_FULL,
    Disposition.CENTRE_FULL,
    Disposition.DRAINING,
    Disposition.RECORDS_FULL,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Agents who were not chosen, why not, and what would have changed it ("" where nobody can tell)."""

    who: str
    reason: str
    what_if: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that decided where the caller went; a decision has rows, and remarks on how it ended."""

    at: Micros
    text: str
    rows: tuple[Row, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The whole answer."""

    title: str
    sentence: str
    turns: tuple[Turn, ...]
    zone: str

    def clock(self, at: Micros) -> str:
        """Return a moment as the enterprise's clocks showed it."""
        return local_time(at, self.zone).strftime("%H:%M:%S")


def tell_why(record: CallRecord, answers: Answers, book: StoryBook, language: str, *, everybody: bool = False) -> Why:
    """Tell why a call went as it did, in `zh` or `en`; with `everybody` each agent by name."""
    turns = [*_other_turns(record, book, language), *_decisions(record, answers, book, language, everybody)]
    return Why(
        title=sentence("card.title", {"call": record.call_id[:SHORT_ID]}, language),
        sentence=plain_sentence(record, answers, book, language),
        turns=tuple(sorted(turns, key=lambda turn: turn.at)),
        zone=book.directory.time_zone,
    )


# --- decisions ---


def _decisions(record: CallRecord, answers: Answers, book: StoryBook, language: str, everybody: bool) -> Iterator[Turn]:
    for offer in record.offers:
        words = words_for(offer, book, language)
        chosen = words.say("card.chosen", agent=words.agent(offer.agent), rule=words.say(offer.decision.rule))
        rows, more = _rows(tuple(_against(offer.decision, answers[offer.leg])), words, everybody)
        remarks = [words.say("card.more", count=more)] if more else []
        if offer.decision.basis is None and offer.decision.passed_over:
            remarks.append(words.say("card.not_kept"))
        if offer.result is not None and offer.result is not OfferResult.ACCEPTED:
            result = words.say(f"offer.{offer.result}")
            remarks.append(words.say("card.ended", agent=words.agent(offer.agent), result=result))
        yield Turn(offer.offered_at, chosen, rows, tuple(remarks))


_Others = Sequence[tuple[PassedOver, WhatIf | None]]


def _rows(others: _Others, words: WhyWords, everybody: bool) -> tuple[tuple[Row, ...], int]:
    """Return the lines of a card, and how many agents are on none of them."""
    if everybody:
        return tuple(row for one in others for row, _ in _grouped([one], words)), 0
    rows = _grouped(others, words)
    if len(rows) > MOST_ROWS:
        rows = _grouped(others, replace(words, is_brief=True))
    return tuple(row for row, _ in rows[:MOST_ROWS]), sum(count for _, count in rows[MOST_ROWS:])


def _against(decision: RoutingDecision, answers: Sequence[WhatIf]) -> Iterator[tuple[PassedOver, WhatIf | None]]:
    """Yield everybody who was not chosen, first of all one whose claim counts no more."""
    if decision.lapsed is not None:
        yield decision.lapsed, if_claim_counted(decision)
    by_agent = {answer.agent: answer for answer in answers}
    for passed in decision.passed_over:
        yield passed, by_agent.get(passed.agent)


def _grouped(others: _Others, words: WhyWords) -> list[tuple[Row, int]]:
    """Put those together of whom the same is to be said; each line with the number of its agents."""
    alike: dict[tuple[str, str], list[AgentId]] = {}
    for passed, answer in others:
        alike.setdefault((words.reason(passed), words.what_if(answer)), []).append(passed.agent)
    return [(Row(words.agents(agents, MOST_NAMES), *said), len(agents)) for said, agents in alike.items()]


# --- everything else that decided ---


def _other_turns(record: CallRecord, book: StoryBook, language: str) -> Iterator[Turn]:
    if record.disposition in _REFUSED:
        reason = sentence(f"disposition.{record.disposition}", {}, language)
        yield Turn(record.started_at, sentence("story.turned_away", {"reason": reason}, language))
    steps = [step for step in record.steps if step.kind not in NO_TURNS]
    told = {step.at for step in steps}
    for step in steps:
        if step.kind != OVERTOOK:
            yield from _step(step, book, language)
    for segment, following in pairwise(record.segments):
        yield from _segment(segment, following, told, book, language)
    for step in steps:
        if step.kind == OVERTOOK:  # in the moment of joining, and told after it
            yield from _step(step, book, language)


def _step(step: FlowStep, book: StoryBook, language: str) -> Iterator[Turn]:
    match step.kind:
        case "exit" | "ended" if step.detail in SAID_ANYWAY or step.detail == FINISHED:
            return  # the end of the talk, and of the flow behind it: nothing was decided
        case "message" if step.detail == NO_MESSAGE:
            return  # the exit tells it
        case "collected" | "wrong" | "message" | "fetched" | "fault" | "asked_again":
            yield Turn(step.at, step_words(step.kind, step.step, step.detail, language))
        case "exit":
            yield Turn(step.at, exit_words(step.step, step.detail, language))
        case "ended":
            yield Turn(step.at, sentence("story.flow_ended", {"reason": step.detail}, language))
        case "not_rung":
            number, _, reason = step.detail.partition("/")
            values = {"agent": book.agent_numbered(number, language), "reason": sentence(reason, {}, language)}
            yield Turn(step.at, sentence("story.not_rung", values, language))
        case "not_dialled":
            number, _, code = step.detail.partition("/")
            yield Turn(step.at, sentence("story.not_dialled", {"number": number, "why": code}, language))
        case "diverted":
            number, phone, to = step.detail.split("/")
            values = {"agent": book.agent_numbered(number, language), "phone": phone, "number": to}
            yield Turn(step.at, sentence("turn.diverted", values, language))
        case kind:
            yield Turn(step.at, sentence(f"turn.{kind}", {"detail": step.detail, "step": step.step}, language))


def _segment(
    segment: Segment, following: Segment, told: Container[Micros], book: StoryBook, language: str
) -> Iterator[Turn]:
    """Tell where the caller went on to from a segment, unless a step or a card tells it."""
    at, cause = following.started_at, segment.cause or ""
    if cause == JOINED:
        yield Turn(at, sentence("story.joined", {"group": book.group(following.group, language)}, language))
    elif at not in told and cause not in TOLD_BY_CARDS and not cause.startswith("offer_"):
        yield Turn(at, sentence(f"turn.{cause}", {}, language))
