"""Why a call went as it did, as one plain sentence: who took it and why, and what stood in the way of whom.

What is said beside the agent's own reason is what people ask next: whom the group's strategy would have taken, why it
was not the caller's own agent, who was rung before in vain. Easy to break: a sentence is put together from clauses, and
a clause stands in both languages behind the same word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fs_control.face.punctuation import with_remark
from fs_control.face.story_book import StoryBook
from fs_control.face.why_words import Answers, WhyWords, words_for
from fs_control.queues import WhatIf, without_claim
from fs_control.records import CallRecord, Disposition, Offer, OfferResult, RoutingDecision


def plain_sentence(record: CallRecord, answers: Answers, book: StoryBook, language: str) -> str:
    """Return why a call went as it did, in one sentence; in one more for each further agent who took it."""
    taken = [offer for offer in record.offers if offer.answered_at is not None]
    if taken:
        said = [_took(record, offer, answers[offer.leg], words_for(offer, book, language)) for offer in taken]
        return ("" if language == "zh" else " ").join(said)
    words = WhyWords(book, language, record.started_at)
    if record.disposition is None:
        return words.say("why.not_over", more=_more(_rings_now(record, book, language), language))
    if record.disposition is Disposition.PUT_THROUGH:
        return words.say("why.put_through", more=_more(_in_vain(record.offers, words), language))
    verdict = words.say(f"disposition.{record.disposition}")
    return words.say("why.nobody", verdict=verdict, more=_more(_in_vain(record.offers, words), language))


def _took(record: CallRecord, offer: Offer, answers: Sequence[WhatIf], words: WhyWords) -> str:
    before = record.offers[: record.offers.index(offer)]
    clauses = (*_overtaken(record, offer, words), *_beside(offer.decision, answers, words), *_in_vain(before, words))
    because = _because(offer.decision, words)
    return words.say("why.took", agent=words.agent(offer.agent), because=because, more=_more(clauses, words.language))


def _because(decision: RoutingDecision, words: WhyWords) -> str:
    family, _, strategy = decision.rule.partition(".")
    if family == "claim":
        return words.say(f"because.{decision.rule}")
    if family == "named":
        return words.say("because.dialled" if strategy == "by_dialling" else "because.named")
    is_only_one = decision.basis is not None and len(decision.basis.free) == 1
    because = words.say("because.only_one" if is_only_one else f"because.rule.{strategy}")
    own = decision.claim.agent if decision.claim is not None else None
    reason = next((words.reason(passed) for passed in decision.passed_over if passed.agent == own), "")
    if family == "colleague" and own is not None and reason:
        return words.say("because.colleague", own=words.agent(own), reason=reason, because=because)
    return because


def _overtaken(record: CallRecord, offer: Offer, words: WhyWords) -> Iterator[str]:
    """Yield how many callers this one went ahead of on the way to this agent, since the last talk."""
    earlier = [each.answered_at for each in record.offers if each.answered_at is not None]
    since = max((at for at in earlier if at < offer.offered_at), default=record.started_at)
    for step in record.steps:
        if step.kind == "vip" and since <= step.at <= offer.offered_at:
            yield words.say("why.overtook", count=step.detail)


def _beside(decision: RoutingDecision, answers: Sequence[WhatIf], words: WhyWords) -> Iterator[str]:
    """Yield what is to be said of the others, in as few words as will do."""
    claim, lapsed = decision.claim, decision.lapsed
    against = {passed.agent: passed for passed in decision.passed_over}
    if claim is not None and claim.agent == decision.agent:
        otherwise = without_claim(decision)
        if otherwise is not None and otherwise.agent != decision.agent:
            yield words.say("why.otherwise", agent=words.agent(otherwise.agent), rule=words.say(otherwise.rule))
    elif claim is not None and claim.agent in against:
        if decision.rule.startswith("colleague."):
            return  # that is said as the reason for the colleague
        own, reason = words.agent(claim.agent), words.reason(against[claim.agent])
        yield words.say("why.own_not_had", agent=own, claim=words.say(f"claim.{claim.kind}"), reason=reason)
    elif lapsed is not None:
        yield with_remark(words.agent(lapsed.agent), words.reason(lapsed), words.language)
    else:
        yield from _first_in_the_way(decision, answers, words)


def _first_in_the_way(decision: RoutingDecision, answers: Sequence[WhatIf], words: WhyWords) -> Iterator[str]:
    """Yield who would have been chosen had they been free, if there is somebody."""
    basis = decision.basis
    others = {each.agent for each in basis.others} if basis is not None else set()
    against = {passed.agent: passed for passed in decision.passed_over}
    first = next((each for each in answers if each.is_chosen and each.agent in others), None)
    if first is not None:
        agent, reason = words.agent(first.agent), words.reason(against[first.agent])
        yield words.say("why.in_the_way", agent=agent, reason=reason, what_if=words.what_if(first))


def _in_vain(offers: tuple[Offer, ...], words: WhyWords) -> Iterator[str]:
    """Yield who was rung before; not who rang at the same time as the one who was quicker."""
    tried = Counter((offer.agent, offer.result) for offer in offers if offer.answered_at is None)
    for (agent, result), count in tried.items():
        if result is None or result is OfferResult.ANSWERED_ELSEWHERE:
            continue
        if result is OfferResult.CALLER_LEFT:
            yield words.say("why.left", agent=words.agent(agent))
            continue
        code = "why.in_vain" if count == 1 else "why.in_vain_often"
        yield words.say(code, agent=words.agent(agent), result=words.say(f"offer.{result}"), count=count)


def _rings_now(record: CallRecord, book: StoryBook, language: str) -> Iterator[str]:
    for offer in record.offers:
        if offer.result is None:
            words = words_for(offer, book, language)
            yield words.say("why.chosen_now", agent=words.agent(offer.agent), because=_because(offer.decision, words))


def _more(clauses: Iterable[str], language: str) -> str:
    """Put clauses behind a sentence."""
    mark = "；" if language == "zh" else "; "
    return "".join(mark + clause for clause in clauses)
