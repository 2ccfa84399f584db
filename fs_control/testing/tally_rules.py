"""What must hold of the numbers of the day, in words; and the same numbers counted anew from the records.

Part of `rules`, and like them a second opinion: it looks at calls and records and uses none of the functions that keep
the tallies. Easy to break: a record shows neither a caller who hung up in the microsecond in which they came to a line,
nor one whose call was forgotten after a crash in the handling of a crash; a recount does not know of these two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from fs_control.calls import CallState
from fs_control.centre import CallCentre
from fs_control.centre.board import board_of
from fs_control.centre.tally import StayState
from fs_control.commands import StoreRecord
from fs_control.events import DayBegan, LegEndsFound
from fs_control.flow import Flow
from fs_control.flow.nodes.queue import Queue
from fs_control.ids import NO_GROUP, CallId, GroupId
from fs_control.records import CallRecord, Disposition, EndedBy, Offer, OfferResult
from fs_control.testing.happening import Happening

IN_LINE: Final = (CallState.WAITING, CallState.RINGING_AGENT, CallState.CONNECTING)
ABANDONED: Final = (Disposition.ABANDONED_IN_LINE, Disposition.ABANDONED_RINGING)
COUNTED_OFFERS: Final = (
    *(OfferResult.NO_ANSWER, OfferResult.DECLINED, OfferResult.BUSY),
    *(OfferResult.UNREGISTERED, OfferResult.UNREACHABLE),
)
"""All that tell of a phone; a fault of ours may end an offer together with its call."""


def who_came_is_somewhere(happening: Happening) -> Iterator[object]:
    """Of each group: who came today was answered, has left, gave up, was lost, or is in line."""
    centre = happening.after
    in_line = Counter(
        stay.group
        for stays in centre.stays.values()
        for stay in stays
        if stay.state is StayState.IN_LINE and stay.day == centre.today
    )
    for group, tally in centre.tallies.items():
        over = tally.answered + sum(tally.left.values()) + sum(tally.abandoned.values()) + tally.lost
        if tally.entered != over + in_line[group]:
            yield group, tally, in_line[group]


def who_is_in_line_came(happening: Happening) -> Iterator[object]:
    """Whoever waits came to that group, and whoever came and has met nobody yet waits there."""
    centre = happening.after
    yield from set(centre.stays) - set(centre.calls)
    for live in centre.calls.values():
        stays = centre.stays.get(live.call.id, ())
        open_in = [stay.group for stay in stays if stay.state is StayState.IN_LINE]
        answered_in = [stay.group for stay in stays if stay.state is StayState.ANSWERED]
        waits_for = [live.call.group] if live.call.state in IN_LINE and live.call.group is not None else []
        if open_in != waits_for and not set(waits_for) <= set(answered_in):
            yield live.call, stays


def tallies_follow_the_calls(happening: Happening) -> Iterator[object]:
    """What an event adds to the numbers is what became of calls and offers in it; a new day begins with none.

    Not where it tells at once what happened one after the other while we were deaf.
    """
    if isinstance(happening.event, LegEndsFound):
        return
    before, after = happening.before, happening.after
    if before.today != after.today:
        if after.tallies or not isinstance(happening.event, DayBegan):
            yield dict(after.tallies)
        return
    counted = Counter(_counts(after))
    counted.subtract(_counts(before))
    seen = Counter(_seen(happening))
    if any(counted[what] != seen[what] for what in {*counted, *seen}):
        yield counted, seen


def _counts(centre: CallCentre) -> dict[str, int]:
    """Return what the tallies of all groups hold, added up, of what a single event can tell."""
    counts: Counter[str] = Counter()
    for tally in centre.tallies.values():
        counts["answered"] += tally.answered
        counts.update({f"abandoned.{where}": count for where, count in tally.abandoned.items()})
        counts.update({result: count for result, count in tally.not_taken.items() if result in COUNTED_OFFERS})
    return counts


def _seen(happening: Happening) -> Iterator[str]:
    """Yield the same things as the calls, their records and their offers tell them."""
    before, after = happening.before, happening.after
    waited_before = {call for call in before.stays if _waits_since_today(before, call)}
    for live in after.calls.values():
        known = before.calls.get(live.call.id)
        joined = live.call.state is CallState.TALKING and (known is None or known.call.state is not CallState.TALKING)
        if joined and live.call.id in waited_before:
            yield "answered"
    records = {live.record.call_id: live.record for live in after.calls.values()}
    for command in happening.result.commands:
        if isinstance(command, StoreRecord):
            records[command.record.call_id] = command.record
            where = _given_up(before, command.record)
            if where is not None and command.record.call_id in waited_before:
                yield where
    for call, record in records.items():
        ended = set(_offers_ended(before.calls[call].record)) if call in before.calls else set()
        yield from (result for leg, result in _offers_ended(record) if (leg, result) not in ended)


def _given_up(before: CallCentre, record: CallRecord) -> str | None:
    """Return where a caller gave up; of one who had talked with somebody before, the one word does not tell."""
    in_line = record.disposition is Disposition.ABANDONED_IN_LINE
    if record.disposition is Disposition.ANSWERED and record.ended_by is EndedBy.CALLER:
        in_line = before.calls[record.call_id].call.state is CallState.WAITING
    elif record.disposition not in ABANDONED:
        return None
    return "abandoned.line" if in_line else "abandoned.ringing"


def _waits_since_today(centre: CallCentre, call: CallId) -> bool:
    return any(stay.state is StayState.IN_LINE and stay.day == centre.today for stay in centre.stays.get(call, ()))


def _offers_ended(record: CallRecord) -> Iterator[tuple[str, OfferResult]]:
    """Yield the offers that came to nothing, of groups; whom a flow or an agent names is in no group's count."""
    ended = (offer for offer in record.offers if _is_of_group(offer))
    return ((offer.leg, offer.result) for offer in ended if offer.result in COUNTED_OFFERS)


def _is_of_group(offer: Offer) -> bool:
    return offer.group != NO_GROUP and not offer.decision.rule.startswith("named.")


def boards_show_the_lines(happening: Happening) -> Iterator[object]:
    """The board shows for each group as many callers as stand in its line, those whom it helps out included (Q11)."""
    centre = happening.after
    if centre.lines is happening.before.lines:
        return
    waiting = Counter(
        group for live in centre.calls.values() if live.call.state in IN_LINE for group in live.call.lines
    )
    names = {group.name: group.id for group in centre.directory.groups.values()}
    for shown in board_of(centre, centre.at).groups:
        if shown.waiting != waiting[names[shown.group]]:
            yield shown


TALLY_RULES: Final[tuple[Callable[[Happening], Iterator[object]], ...]] = (
    who_came_is_somewhere,
    who_is_in_line_came,
    tallies_follow_the_calls,
    boards_show_the_lines,
)


# --- the recount ----------------------------------------------------------------------------------------------------


def callers_by_group(
    records: Iterable[CallRecord], flows: Mapping[str, Flow], groups: Mapping[str, GroupId]
) -> Counter[GroupId]:
    """Count for each group the calls that came to it, by their records (those of live calls included).

    A caller who met nobody never was in the line: the exit of the queue step says for which group. `flows` are by
    name, `groups` by theirs.
    """
    return Counter(group for record in records for group in groups_of(record, flows, groups))


def groups_of(record: CallRecord, flows: Mapping[str, Flow], groups: Mapping[str, GroupId]) -> set[GroupId]:
    """Return the groups to which one call came, by its record."""
    found = {segment.group for segment in record.segments if segment.group is not None}
    steps = flows[record.flow].steps if record.flow is not None and record.flow in flows else {}
    for taken in record.steps:
        node = steps.get(taken.step)
        if taken.kind == "exit" and isinstance(node, Queue):
            found.add(groups[node.group])
    return found


def answered_by_group(records: Iterable[CallRecord]) -> Counter[GroupId]:
    """Count for each group the calls that were answered by its agents."""
    talks = {
        (record.call_id, offer.group)
        for record in records
        for offer in record.offers
        if offer.result is OfferResult.ACCEPTED and offer.group != NO_GROUP
    }
    return Counter(group for _, group in talks)


def not_taken_by_group(records: Iterable[CallRecord]) -> Counter[tuple[GroupId, OfferResult]]:
    """Count the offers that came to nothing, by whose caller it was and how."""
    return Counter(
        (offer.group, offer.result)
        for record in records
        for offer in record.offers
        if offer.result is not None and offer.result in COUNTED_OFFERS and _is_of_group(offer)
    )
