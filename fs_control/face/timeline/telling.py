"""A ladder in words: who goes down each lane, and a line of text for each row, in the reader's language.

Pure: both drawings take their words from here. Easy to break: names and numbers are what strangers sent, so whatever
leaves this room has gone through `printable`; an SVG escapes it besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from fs_control.cdr.ladder import Ladder, Row, ladder_of
from fs_control.cdr.timeline import Lane, LaneKind, Mark, MarkKind, SpanKind, Timeline
from fs_control.face.clock_words import local_time
from fs_control.face.punctuation import with_note
from fs_control.face.story import SHORT_ID, TENTH, caller_number, in_seconds, tell_step
from fs_control.face.story_book import StoryBook
from fs_control.face.words import printable
from fs_control.ids import SECOND, AgentId, Micros
from fs_control.records import EndedBy, FlowStep
from fs_control.texts import sentence

LONG: Final = 100
"""From so many seconds on, a length is told in minutes, or in hours."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One row in words; `gap` tells the time until the next one, "" where it is nothing to speak of.

    `clock` is "" where it shows what it showed in the row before.
    """

    row: Row
    clock: str
    since: str
    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class ToldLadder:
    """A whole ladder in words."""

    ladder: Ladder
    title: str
    when: str
    heads: tuple[tuple[str, str], ...]
    """Of each lane who it is, and what is said of them."""
    rows: tuple[ToldRow, ...]
    legend: tuple[tuple[SpanKind, str], ...]


def tell_timeline(timeline: Timeline, book: StoryBook, language: str) -> ToldLadder:
    """Tell a timeline in `zh` or `en`."""
    return _Teller(timeline, book, language).told()


def length_words(length: Micros) -> str:
    """Write a length: 23.2 s, 2:05 or 1:58:03."""
    if length < LONG * SECOND:
        return f"{in_seconds(round(length / TENTH))} s"
    minutes, rest = divmod(round(length / SECOND), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Teller:
    """Tells one timeline in one language."""

    def __init__(self, timeline: Timeline, book: StoryBook, language: str) -> None:
        self._timeline = timeline
        self._record = timeline.record
        self._book = book
        self._language = language

    def told(self) -> ToldLadder:
        marks = tuple(mark for mark in self._timeline.marks if mark.step is None or self._step(mark.step))
        ladder = ladder_of(replace(self._timeline, marks=marks))
        used = {span.kind for span in self._timeline.spans}
        return ToldLadder(
            ladder=ladder,
            title=self._title(),
            when=self._when(),
            heads=tuple(self._head(lane) for lane in self._timeline.lanes),
            rows=tuple(self._rows(ladder.rows)),
            legend=tuple((kind, self._say(f"timeline_span.{kind}")) for kind in SpanKind if kind in used),
        )

    def _say(self, code: str, **values: object) -> str:
        return printable(sentence(code, values, self._language))

    # --- around the ladder ---

    def _title(self) -> str:
        disposition = self._record.disposition
        result = self._say(f"disposition.{disposition}") if disposition is not None else self._say("story.not_over")
        return self._say("timeline.title", call=self._record.call_id[:SHORT_ID], result=result)

    def _when(self) -> str:
        zone = self._book.directory.time_zone
        begun = f"{local_time(self._record.started_at, zone):%Y-%m-%d %H:%M:%S}"
        length = length_words(Micros(self._timeline.until - self._timeline.started_at))
        return f"{with_note(begun, zone, self._language)} · {length}"

    def _head(self, lane: Lane) -> tuple[str, str]:
        match lane.kind:
            case LaneKind.CUSTOMER:
                name = self._record.caller_name.strip()
                number = self._customer()
                return printable(number), printable(name) if name and name != number else self._say("lane.customer")
            case LaneKind.CENTRE:
                return self._say("lane.centre"), printable(self._record.number)
            case LaneKind.OUTSIDE:
                return printable(lane.number), self._say("lane.outside")
            case LaneKind.AGENT | LaneKind.LEADER:
                return self._agent_head(lane)

    def _agent_head(self, lane: Lane) -> tuple[str, str]:
        assert lane.agent is not None  # every lane of an agent has one
        known = self._book.directory.agents.get(lane.agent)
        kind = self._say(f"lane.{lane.kind}")
        if known is None:
            return printable(self._book.agent(lane.agent, self._language)), kind
        return printable(known.name or known.number), f"{kind} {printable(known.number)}"

    def _customer(self) -> str:
        caller = self._record.caller
        return caller_number(caller) or self._say(f"number_kind.{caller.kind}")

    # --- the rows ---

    def _rows(self, rows: Iterable[Row]) -> Iterator[ToldRow]:
        shown = ""
        for row in rows:
            clock = local_time(row.mark.at, self._book.directory.time_zone).strftime("%H:%M:%S")
            since = f"+{in_seconds(round(row.since / TENTH))}"
            gap = length_words(row.gap) if row.is_gap_told else ""
            yield ToldRow(row, "" if clock == shown else clock, since, self._text(row.mark), gap)
            shown = clock

    def _text(self, mark: Mark) -> str:
        record = self._record
        match mark.kind:
            case MarkKind.CALLED:
                return self._say("timeline.called", who=self._customer(), number=record.number)
            case MarkKind.AGENT_CALLED:
                return self._say("timeline.called", who=self._lane(mark.lane), number=self._customer())
            case MarkKind.STEP if mark.step is not None:
                return self._step(mark.step)
            case MarkKind.JOINED_LINE if mark.segment is not None:
                return self._say("timeline.joined_line", group=self._book.group(mark.segment.group, self._language))
            case MarkKind.TALKS:
                return self._say("timeline.talks", who=self._lane(mark.lane))
            case MarkKind.LEG_OVER if mark.leg is not None:
                how = f"{mark.leg.cause} {mark.leg.disposition}".strip()
                return self._say("timeline.leg_over", how=how)
            case MarkKind.ENDED:
                return self._end(mark)
            case _:
                return self._of_agent(mark)

    def _of_agent(self, mark: Mark) -> str:
        offer, watch = mark.offer, mark.watch
        if watch is not None:
            mode = self._say(f"supervise_mode.{watch.mode}")
            leader, agent = self._agent(watch.leader), self._agent(watch.agent)
            return self._say(f"timeline.{mark.kind}", leader=leader, agent=agent, mode=mode)
        if offer is None:
            return self._say(f"timeline.{mark.kind}")
        result = self._say(f"offer.{offer.result}") if offer.result is not None else ""
        agent, phone, cause = self._agent(offer.agent), offer.phone, offer.cause
        return self._say(f"timeline.{mark.kind}", agent=agent, phone=phone, result=result, cause=cause)

    def _step(self, step: FlowStep) -> str:
        """Tell what the story tells of a step; nothing of what only a machine wants to know."""
        if step.kind == "vip":
            return self._say("story.vip", detail=step.detail)
        lines = tell_step(self._record, self._book, self._language, step)
        return printable(lines[0].text) if lines else ""

    def _end(self, mark: Mark) -> str:
        by = self._record.ended_by
        who = self._lane(mark.lane) if by is EndedBy.AGENT and mark.lane > 1 else self._say(f"ended_by.{by}")
        return self._say("timeline.ended", by=who, cause=self._record.cause)

    def _lane(self, place: int) -> str:
        return self._head(self._timeline.lanes[place])[0]

    def _agent(self, agent: AgentId) -> str:
        return printable(self._book.short_agent(agent, self._language))
