"""A call as a story that a person enjoys: a record in, lines in the reader's language out.

Pure: it prints nothing and looks nothing up but in the `StoryBook`. Moments are told in the enterprise's time zone.
Easy to break: lengths are shown with one decimal, and the shown ones must add up to the shown sum, so they are
rounded together (`rounded_together`) and never one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import phonenumbers

from fs_control.cdr import number_outside
from fs_control.face.clock_words import local_time
from fs_control.face.punctuation import listed, with_note, with_remark
from fs_control.face.step_words import NO_MESSAGE, SAID_ANYWAY, exit_words, step_words
from fs_control.face.story_book import StoryBook
from fs_control.ids import SECOND, AgentId, Micros, NumberKind, PhoneNumber
from fs_control.queues import RINGS_AS_WELL
from fs_control.records import CallRecord, Direction, EndedBy, FlowStep, Offer, OfferResult, Segment, SegmentKind
from fs_control.texts import sentence

TENTH: Final = SECOND // 10

SHORT_ID: Final = 8
"""So much of a call's id is shown to people; `call show` and `call trace` take it."""

MOST_OTHERS: Final = 5
"""So many agents who were not chosen are named; more would bury the one who was. `--json` has them all."""

TOLD_PLAINLY: Final = frozenset(
    {
        "pressed",
        "wrong_key",
        "no_key",
        "priority",
        "collected",
        "wrong",
        "message",
        "fetched",
        "fault",
        "asked_again",
    }
)
"""Kinds of steps whose line needs nothing but what the step says of itself."""


OF_A_TALK: Final = frozenset(
    {
        "held",
        "resumed",
        "muted",
        "unmuted",
        "consulted",
        "swapped",
        "three_way",
        "consult_cancelled",
        "handed_over",
        "colleague_left",
        "colleague_not_reached",
        "transferred",
        "transfer_back",
        "transfer_in_line",
        "taken_over",
    }
)
"""Kinds of steps that tell of a talk under way: what is told of each is whom it concerns."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened; an aside explains the line above it."""

    at: Micros
    text: str
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class StorySegment:
    """One stretch of the call with its length in tenths of a second."""

    kind: SegmentKind
    what: str
    tenths: int
    ended_by: str


@dataclass(frozen=True, slots=True)
class Story:
    """A whole call, told."""

    title: str
    verdict: str
    when: str
    opening: str
    lines: tuple[StoryLine, ...]
    segments: tuple[StorySegment, ...]
    sum: str
    zone: str

    def clock(self, at: Micros) -> str:
        """Return a moment as the enterprise's clocks showed it."""
        return local_time(at, self.zone).strftime("%H:%M:%S")


def tell_call(record: CallRecord, book: StoryBook, language: str) -> Story:
    """Tell a call in `zh` or `en`."""
    return _Teller(record, book, language).story()


def tell_step(record: CallRecord, book: StoryBook, language: str, step: FlowStep) -> list[StoryLine]:
    """Tell one step of a call's flow or line, or of a talk in it; nothing where the story has nothing to say of it."""
    return list(_Teller(record, book, language).of_step(step))


def rounded_together(lengths: Sequence[int]) -> list[int]:
    """Round lengths (microseconds) to tenths of a second so that they add up to their rounded sum.

    The tenths that are missing after rounding down go to those that lost most by it.
    """
    tenths = [length // TENTH for length in lengths]
    missing = round(sum(lengths) / TENTH) - sum(tenths)
    by_loss = sorted(range(len(lengths)), key=lambda index: -(lengths[index] % TENTH))
    for index in by_loss[:missing]:
        tenths[index] += 1
    return tenths


def in_seconds(tenths: int) -> str:
    """Write tenths of a second as seconds with one decimal."""
    return f"{tenths // 10}.{tenths % 10}"


def caller_number(caller: PhoneNumber) -> str | None:
    """Return the number as people write it, or None where there is none to write."""
    if caller.e164 is not None:
        parsed = phonenumbers.parse(caller.e164, None)
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None if caller.kind in (NumberKind.ANONYMOUS, NumberKind.MISSING) else caller.raw


def _seconds(start: Micros, end: Micros) -> str:
    return in_seconds(round(max(0, end - start) / TENTH))


class _Teller:
    """Tells one record in one language."""

    def __init__(self, record: CallRecord, book: StoryBook, language: str) -> None:
        self._record = record
        self._book = book
        self._language = language
        self._zone = book.directory.time_zone
        # A segment that is still open has no length yet.
        self._ended = [segment for segment in record.segments if segment.ended_at is not None]
        self._tenths = rounded_together([(segment.ended_at or 0) - segment.started_at for segment in self._ended])

    def story(self) -> Story:
        record = self._record
        verdict = self._say(f"disposition.{record.disposition}") if record.disposition else self._say("story.not_over")
        return Story(
            title=self._say("story.title", call=record.call_id[:SHORT_ID]),
            verdict=verdict,
            when=self._when(),
            opening=self._opening(),
            lines=tuple(self._lines()),
            segments=tuple(self._segments()),
            sum=self._sum(),
            zone=self._zone,
        )

    def _say(self, code: str, **values: object) -> str:
        return sentence(code, values, self._language)

    # --- the head ---

    def _when(self) -> str:
        local = local_time(self._record.started_at, self._zone)
        weekday = self._say(f"weekday.{local.weekday()}")
        moment = f"{weekday} {local:%Y-%m-%d %H:%M:%S}"
        return with_note(moment, self._zone, self._language)

    def _opening(self) -> str:
        record = self._record
        if record.direction is Direction.OUTBOUND and record.dialled_by is not None:
            agent = self._book.agent(record.dialled_by, self._language)
            return self._say("story.agent_called", agent=agent, caller=self._caller(), number=record.number)
        code = "story.called" if record.flow is None else "story.called_with_flow"
        if record.flow_version is not None:
            code = "story.called_with_flow_version"
        caller, version = self._caller(), record.flow_version
        return self._say(code, caller=caller, number=record.number, flow=record.flow, version=version)

    def _caller(self) -> str:
        caller, name = self._record.caller, self._record.caller_name.strip()
        kind, number = self._say(f"number_kind.{caller.kind}"), caller_number(caller)
        if number is None:
            return self._say("story.caller_without_number", kind=kind)
        named = f"{name} {number}" if name and name not in (caller.raw, number) else number
        return with_note(named, kind, self._language)

    # --- what happened ---

    def _lines(self) -> list[StoryLine]:
        """Put together what the parts of the record tell, in the order of time; the sort keeps what is simultaneous."""
        parts = (self._talks, self._steps, self._line_parts, self._overtaken, self._offers, self._end)
        return sorted((line for part in parts for line in part()), key=lambda line: line.at)

    def _steps(self) -> Iterator[StoryLine]:
        for step in self._record.steps:
            yield from self.of_step(step)

    def of_step(self, step: FlowStep) -> Iterator[StoryLine]:
        match step.kind:
            case "own_agent_absent":
                agent = self._book.agent_numbered(step.detail, self._language)
                yield StoryLine(step.at, self._say("story.own_agent_absent", agent=agent))
            case "flow":
                yield StoryLine(step.at, self._say("story.other_flow", flow=step.detail))
            case "not_looked_up":
                reason = self._say("story.too_slow") if step.detail == "too_slow" else step.detail
                yield StoryLine(step.at, self._say("story.not_looked_up", reason=reason))
            case "heard" | "not_heard" | "told" | "left_during":
                yield from self._prompt(step)
            case "message" if step.detail == NO_MESSAGE:
                return  # the exit tells it
            case _ if step.kind in TOLD_PLAINLY:
                yield StoryLine(step.at, step_words(step.kind, step.step, step.detail, self._language))
            case _ if step.kind in OF_A_TALK:
                who = self._book.agent_numbered(step.detail.partition("/")[0], self._language)
                yield StoryLine(step.at, self._say(f"story.{step.kind}", who=who))
            case "dialled":
                yield StoryLine(step.at, self._say("story.dialled", number=step.detail))
            case "not_dialled":
                number, _, code = step.detail.partition("/")
                yield StoryLine(step.at, self._say("story.not_dialled", number=number, why=code))
            case "not_rung":
                number, _, reason = step.detail.partition("/")
                agent = self._book.agent_numbered(number, self._language)
                yield StoryLine(step.at, self._say("story.not_rung", agent=agent, reason=self._say(reason)))
            case "diverted":
                number, phone, to = step.detail.split("/")
                agent = self._book.agent_numbered(number, self._language)
                yield StoryLine(step.at, self._say("story.diverted", agent=agent, phone=phone, number=to))
            case "announced":
                yield StoryLine(step.at, self._announced(step.detail))
            case "overflow":
                yield StoryLine(step.at, self._say("story.overflow", detail=step.detail))
            case "exit" if step.detail not in SAID_ANYWAY:
                yield StoryLine(step.at, exit_words(step.step, step.detail, self._language))
            case "ended" if step.detail != "finished" and self._record.ended_by is EndedBy.FLOW:
                yield StoryLine(step.at, self._say("story.flow_ended", reason=step.detail))

    def _overtaken(self) -> Iterator[StoryLine]:
        """Tell how many were overtaken, after the joining in whose moment that is."""
        for step in self._record.steps:
            if step.kind == "vip":
                yield StoryLine(step.at, self._say("story.vip", detail=step.detail))

    def _announced(self, told: str) -> str:
        """Tell what a caller in line was told: `3`, or `3/5` with the minutes."""
        place, _, minutes = told.partition("/")
        code = {"": "story.announced", "0": "story.announced_short_wait"}.get(minutes, "story.announced_wait")
        return self._say(code, place=place, minutes=minutes)

    def _prompt(self, step: FlowStep) -> Iterator[StoryLine]:
        flow = None if step.kind == "told" else self._record.flow
        words = self._book.spoken(step.detail, flow)
        yield StoryLine(step.at, self._say(f"story.{step.kind}", words=words))
        meaning = self._book.meaning(step.detail, flow, self._language)
        if meaning is not None:
            yield StoryLine(step.at, self._say("story.meaning", words=meaning), is_aside=True)

    def _line_parts(self) -> Iterator[StoryLine]:
        """Tell when the caller joined a line, and when they gave up in it; a ring in vain is no new joining."""
        joined_at: Micros | None = None
        for segment in self._record.segments:
            if segment.kind not in (SegmentKind.LINE, SegmentKind.RING):
                joined_at = None
                continue
            group = self._book.group(segment.group, self._language)
            if joined_at is None and segment.kind is SegmentKind.LINE:
                yield StoryLine(segment.started_at, self._say("story.joined", group=group))
            joined_at = joined_at or segment.started_at
            gave_up = segment.ended_by is EndedBy.CALLER and segment is self._record.segments[-1]  # not by an exit key
            if segment.kind is SegmentKind.LINE and gave_up and segment.ended_at is not None:
                waited = _seconds(joined_at, segment.ended_at)
                yield StoryLine(segment.ended_at, self._say("story.left_line", seconds=waited, group=group))

    def _offers(self) -> Iterator[StoryLine]:
        told: set[AgentId] = set()
        for index, offer in enumerate(self._record.offers):
            if offer.agent not in told:  # one who rings with others is told of with them
                together = [each.agent for each in offer.decision.passed_over if each.reason == RINGS_AS_WELL]
                told = {*together}
                chosen = self._together(offer, together) if together else self._chosen(offer, is_first=index == 0)
                yield StoryLine(offer.offered_at, chosen)
                if len(offer.decision.passed_over) > len(together):
                    yield StoryLine(offer.offered_at, self._others(offer), is_aside=True)
                lapsed = offer.decision.lapsed
                if lapsed is not None:
                    agent, reason = self._book.agent(lapsed.agent, self._language), self._say(lapsed.reason)
                    yield StoryLine(
                        offer.offered_at, self._say("story.lapsed", agent=agent, reason=reason), is_aside=True
                    )
            told.discard(offer.agent)
            yield from self._rings(offer)

    def _together(self, offer: Offer, others: Sequence[AgentId]) -> str:
        agents = (offer.agent, *others)
        named = [self._book.agent(agent, self._language) for agent in agents[:MOST_OTHERS]]
        waited = self._waited_for(offer)
        code = "story.together_after" if waited else "story.together"
        return self._say(code, agents=self._and_more(named, len(agents)), seconds=in_seconds(waited))

    def _waited_for(self, offer: Offer) -> int:
        """Return for how long the caller was in line before an offer, in tenths of a second."""
        return next((tenths for segment, tenths in self._measured() if self._led_to(segment, offer)), 0)

    def _chosen(self, offer: Offer, *, is_first: bool) -> str:
        waited = self._waited_for(offer)
        how = "_after" if waited else "" if is_first else "_next"
        alone = "" if offer.decision.passed_over else "_only"
        agent = self._book.agent(offer.agent, self._language)
        rule = self._say(offer.decision.rule)
        return self._say(f"story.chosen{alone}{how}", agent=agent, rule=rule, seconds=in_seconds(waited))

    def _led_to(self, segment: Segment, offer: Offer) -> bool:
        return segment.kind is SegmentKind.LINE and segment.ended_at == offer.offered_at

    def _others(self, offer: Offer) -> str:
        others = [other for other in offer.decision.passed_over if other.reason != RINGS_AS_WELL]
        named = [
            with_remark(self._book.agent(other.agent, self._language), self._say(other.reason), self._language)
            for other in others[:MOST_OTHERS]
        ]
        return self._say("story.others", others=self._and_more(named, len(others)))

    def _and_more(self, named: list[str], count: int) -> str:
        """List those who are named, and say how many there are besides."""
        more = [self._say("story.others_more", count=count - len(named))] if count > len(named) else []
        return listed([*named, *more], self._language)

    def _rings(self, offer: Offer) -> Iterator[StoryLine]:
        values = {"agent": self._book.short_agent(offer.agent, self._language), "phone": offer.phone}
        if offer.answered_at is not None:
            rang = None if offer.ringing_at is None else _seconds(offer.ringing_at, offer.answered_at)
            code = "story.answered" if rang is None else "story.rang_answered"
            yield StoryLine(offer.answered_at, self._say(code, seconds=rang, **values))
            if offer.decision.is_substitute and offer.decision.claim is not None:
                own = self._book.agent(offer.decision.claim.agent, self._language)
                yield StoryLine(offer.answered_at, self._say("story.substitute", agent=own), is_aside=True)
        if offer.ended_at is not None and offer.result not in (None, OfferResult.ACCEPTED):
            rang = None if offer.ringing_at is None else _seconds(offer.ringing_at, offer.ended_at)
            code = "story.never_rang" if rang is None else "story.rang_in_vain"
            result = self._say(f"offer.{offer.result}")
            yield StoryLine(offer.ended_at, self._say(code, seconds=rang, result=result, **values))

    def _talks(self) -> Iterator[StoryLine]:
        for segment, tenths in self._measured():
            if segment.kind is not SegmentKind.TALK or segment.ended_at is None:
                continue
            if segment.agent is None:
                number = number_outside(self._record, segment)
                words = self._say("story.talk_outside", number=number, seconds=in_seconds(tenths))
                yield StoryLine(segment.ended_at, words)
                continue
            # Who ended the last segment ended the call, which is told below.
            goes_on = segment is not self._record.segments[-1] and segment.ended_by in (EndedBy.CALLER, EndedBy.AGENT)
            values = {"agent": self._book.short_agent(segment.agent, self._language), "seconds": in_seconds(tenths)}
            code = "story.talk_until" if goes_on else "story.talk"
            yield StoryLine(segment.ended_at, self._say(code, by=self._say(f"ended_by.{segment.ended_by}"), **values))

    def _end(self) -> Iterator[StoryLine]:
        record = self._record
        if record.ended_at is None or record.ended_by is None:
            return
        code = (
            "story.hung_up"
            if record.ended_by in (EndedBy.CALLER, EndedBy.AGENT, EndedBy.OUTSIDE)
            else "story.ended_call"
        )
        by = self._say(f"ended_by.{record.ended_by}")
        yield StoryLine(record.ended_at, self._say(code, seconds=in_seconds(sum(self._tenths)), by=by))

    # --- the sum ---

    def _measured(self) -> Iterator[tuple[Segment, int]]:
        return zip(self._ended, self._tenths, strict=True)

    def _segments(self) -> Iterator[StorySegment]:
        for segment, tenths in self._measured():
            ended_by = self._say(f"ended_by.{segment.ended_by}") if segment.ended_by is not None else ""
            yield StorySegment(segment.kind, self._what(segment), tenths, ended_by)

    def _what(self, segment: Segment) -> str:
        number = number_outside(self._record, segment)
        if number is not None:
            return with_note(self._say(f"outside.{segment.kind}"), number, self._language)
        what = self._say(f"segment.{segment.kind}")
        if segment.agent is not None:
            return with_note(what, self._book.short_agent(segment.agent, self._language), self._language)
        if segment.group is not None:
            return with_note(what, self._book.group(segment.group, self._language), self._language)
        return what

    def _sum(self) -> str:
        total = in_seconds(sum(self._tenths))
        if not self._ended:
            return self._say("story.no_time")
        if len(self._ended) == 1:
            return self._say("story.sum_of_one", seconds=total)
        return self._say("story.sum", parts=" + ".join(map(in_seconds, self._tenths)), seconds=total)
