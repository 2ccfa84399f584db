"""The words of a why-card: reasons with their times, and what would have changed them.

Knows decisions and the book of names, and no call. A reason's values are shown by what they are (`since`, `until`,
`at`, `own` beside `chosen`), so that a reason which comes later needs its text and nothing here. Easy to break: moments
are told in the enterprise's time zone, and one of another day than the decision with its date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from fs_control.face.clock_words import local_time
from fs_control.face.punctuation import with_note
from fs_control.face.story_book import StoryBook
from fs_control.ids import SECOND, AgentId, LegId, Micros
from fs_control.queues import WhatIf, what_would_change
from fs_control.records import CallRecord, Offer, PassedOver
from fs_control.texts import sentence

DAY_S: Final = 24 * 3600

_CLOCKS: Final = ("reason.idle_since_later", "reason.idle_state_since_later")
"""What these compare are moments; all others compare counts."""


@dataclass(frozen=True, slots=True)
class WhyWords:
    """Says what a decision says, in one language; `at` is when it was made, and tells the day of its moments."""

    book: StoryBook
    language: str
    at: Micros
    is_brief: bool = False
    """Reasons without what they are made of, so that those of many agents are alike."""

    def say(self, code: str, **values: object) -> str:
        """Return a sentence of the catalogue."""
        return sentence(code, values, self.language)

    def agent(self, agent: AgentId) -> str:
        """Return an agent's name with the number."""
        return self.book.agent(agent, self.language)

    def agents(self, agents: Sequence[AgentId], most: int) -> str:
        """Return several agents, of whom `most` are named."""
        named = [self.agent(agent) for agent in agents[:most]]
        if len(agents) > most:
            named.append(self.say("card.and_more", count=len(agents) - most))
        return ("、" if self.language == "zh" else ", ").join(named)

    def reason(self, passed: PassedOver) -> str:
        """Return the one reason against an agent, with what it is made of."""
        reason, values = self.say(passed.reason), passed.values
        match values:
            case _ if self.is_brief or not values:
                return reason
            case {"own": own, "chosen": chosen} if passed.reason in _CLOCKS:
                return self.say("card.clocks", reason=reason, own=self.moment(own), chosen=self.moment(chosen))
            case {"own": own, "chosen": chosen}:
                return self.say("card.counts", reason=reason, own=own, chosen=chosen)
            case {"since": since}:
                return self.say("card.since", reason=reason, moment=self.moment(since))
            case {"until": until}:
                left = max(0, ceil((until - self.at) / SECOND))
                return self.say("card.left", reason=reason, seconds=left)
            case {"at": at} if self.at - at >= DAY_S * SECOND:
                days = (self.at - at) // (DAY_S * SECOND)
                return self.say("card.days_ago", reason=reason, moment=self.moment(at), days=days)
            case {"at": at}:
                return self.say("card.at", reason=reason, moment=self.moment(at))
            case _:  # of a kind that nobody told us of: better shown than left out
                return with_note(reason, ", ".join(f"{name}={value}" for name, value in values.items()), self.language)

    def what_if(self, answer: WhatIf | None) -> str:
        """Return what one changed fact would have done; nothing where nobody can tell."""
        if answer is None:
            return ""
        moments = {"moment": self.moment(answer.values["at"])} if "at" in answer.values else {}
        condition = self.say(answer.change, **answer.values, **moments)
        if answer.against is None:
            return self.say("what_if.chosen", condition=condition)
        return self.say("what_if.not_chosen", condition=condition, reason=self.reason(answer.against))

    def moment(self, at: int) -> str:
        """Return a moment as the enterprise's clocks showed it."""
        zone = self.book.directory.time_zone
        then, now = local_time(Micros(at), zone), local_time(self.at, zone)
        if then.date() == now.date():
            return f"{then:%H:%M:%S}"
        return f"{then:%m-%d %H:%M:%S}" if then.year == now.year else f"{then:%Y-%m-%d %H:%M:%S}"


Answers = Mapping[LegId, Sequence[WhatIf]]
"""What would have changed each decision of a call, by the leg of its offer: found once, because it takes a while."""


def answers_for(record: CallRecord) -> Answers:
    """Make every decision of a call again, with one fact changed at a time."""
    return {offer.leg: what_would_change(offer.decision) for offer in record.offers}


def words_for(offer: Offer, book: StoryBook, language: str) -> WhyWords:
    """Return the words for the decision behind an offer: by our clock if it was kept, else by that of the record."""
    basis = offer.decision.basis
    return WhyWords(book, language, basis.at if basis is not None else offer.offered_at)
