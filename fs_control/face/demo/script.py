"""Who calls in the demo, what they do, and what their records must say afterwards.

Data only. Each call begins at its own moment, so that they overlap; what is expected holds however the machine's
speed shifts things a little: dispositions, results of offers, keys, and sentences, not lengths of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.records import Disposition, EndedBy, OfferResult
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.virtual_switch.script import (
    CallerScript,
    HangUp,
    Phone,
    PhoneBehaviour,
    Press,
    Reaction,
    Step,
    Wait,
    WaitForAnswer,
    WaitForPrompt,
    WaitForTalk,
)

NIGHT: Final = "2026-11-23T03:00:00+08:00"
MORNING: Final = "2026-11-23T10:00:00+08:00"
RATE: Final = 6.0
"""The demo's clocks run so many times faster than life."""

SIGNED_IN: Final = ("8001", "8002", "8003", "8006", "8005", "8007")
"""In the morning, in this order: who has been idle longest is rung first. 8008, who has a VIP, stays away."""

CUSTOMERS: Final = (
    CustomerEntry("13922223333", "何丽", "8007"),
    CustomerEntry("13922224444", "郑强", "8007"),
    CustomerEntry("13922225555", "马超", "8008", priority=1),
)
"""The saved customers, each with the owner; the last one is a VIP."""


@dataclass(frozen=True, slots=True)
class DemoCall:
    """One call: a title (a code of `texts`), when it begins (seconds), the caller's script, and what must come of it.

    `offers` None means: whatever it takes. `rule` is the one by which the agent who answered was chosen, and
    `overtakes` that the caller went ahead of others in line.
    """

    title: str
    after_s: float
    caller: CallerScript
    disposition: Disposition
    ended_by: EndedBy
    offers: tuple[OfferResult, ...] | None = ()
    pressed: str = ""
    name: str = ""
    rule: str = ""
    overtakes: bool = False


def _caller(number: str, who: str, name: str, *steps: Step, encoding: str = "utf-8") -> CallerScript:
    return CallerScript(number, who, name.encode(encoding), (WaitForAnswer(), *steps))


def _choose(*keys: str) -> tuple[Step, ...]:
    """Listen to the beginning of the menu and press a key, each time it is asked."""
    return tuple(step for key in keys for step in (WaitForPrompt("main-menu"), Wait(0.8), Press(key)))


_IN_LINE: Final = WaitForPrompt("hold")
_CONNECTED: Final = WaitForTalk()
_MAIN, _HOTLINE, _SERVICE, _NO_FLOW = "4001234567", "4008000001", "4008000002", "4008000009"

NIGHT_CALLS: Final = (
    DemoCall(
        "demo.nobody_at_night",
        0.0,
        _caller(_MAIN, "+8613900139000", "Night Owl", *_choose("1")),
        Disposition.NOBODY_SIGNED_IN,
        EndedBy.FLOW,
        pressed="1",
        name="Night Owl",
    ),
)

MORNING_CALLS: Final = (
    DemoCall(
        "demo.first_agent_does_not_answer",
        0.0,
        _caller(_MAIN, "13800138000", "Zhang Wei", *_choose("1"), _CONNECTED, Wait(4), HangUp()),
        Disposition.ANSWERED,
        EndedBy.CALLER,
        (OfferResult.NO_ANSWER, OfferResult.ACCEPTED),
        "1",
    ),
    DemoCall(
        "demo.leaves_in_the_menu",
        0.5,
        _caller(_MAIN, "13700137000", "Li Na", WaitForPrompt("main-menu"), Wait(2), HangUp()),
        Disposition.ABANDONED_IN_IVR,
        EndedBy.CALLER,
    ),
    DemoCall(
        "demo.wrong_key",
        0.0,
        _caller(_MAIN, "01065551234", "Beijing Trading", *_choose("7", "2")),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        None,
        "2",
    ),
    DemoCall(
        "demo.abandons_while_the_phone_rings",
        1.0,
        _caller(_HOTLINE, "18612345678", "Wang Fei", _IN_LINE, Wait(4), HangUp()),
        Disposition.ABANDONED_RINGING,
        EndedBy.CALLER,
        (OfferResult.CALLER_LEFT,),
    ),
    DemoCall(
        "demo.declined_by_one_taken_by_the_other",
        8.0,
        _caller(_HOTLINE, "13511112222", "Liu Yang"),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        (OfferResult.DECLINED, OfferResult.ACCEPTED),
    ),
    DemoCall(
        "demo.gbk_name_and_no_key",
        0.0,
        _caller(_MAIN, "008613612345678", "王小明", encoding="gb18030"),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        None,
        name="王小明",
    ),
    DemoCall(
        "demo.one_of_two_for_one_agent",
        2.0,
        _caller(_MAIN, "02161234567", "Shanghai Steel", *_choose("2")),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        None,
        "2",
    ),
    DemoCall(
        "demo.the_other_for_the_same_agent",
        2.5,
        _caller(_MAIN, "075588886666", "Shenzhen Parts", *_choose("2")),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        None,
        "2",
    ),
    DemoCall(
        "demo.withheld_number",
        3.0,
        _caller(_MAIN, "anonymous", "", *_choose("1"), _CONNECTED, Wait(3), HangUp()),
        Disposition.ANSWERED,
        EndedBy.CALLER,
        None,
        "1",
    ),
    DemoCall(
        "demo.number_without_a_flow",
        3.5,
        _caller(_NO_FLOW, "13012345678", "Chen Bo"),
        Disposition.NO_FLOW,
        EndedBy.CENTRE,
    ),
    DemoCall(
        "demo.takes_the_only_line",
        1.0,
        _caller(_SERVICE, "13112345678", "Anna Smith", WaitForPrompt("main-menu"), Wait(9), HangUp()),
        Disposition.ABANDONED_IN_IVR,
        EndedBy.CALLER,
    ),
    DemoCall(
        "demo.number_is_full",
        4.0,
        _caller(_SERVICE, "13212345678", "Bob Miller"),
        Disposition.NUMBER_FULL,
        EndedBy.CENTRE,
    ),
    DemoCall(
        "demo.reaches_the_own_agent",
        10.0,
        _caller(_HOTLINE, "13922223333", "He Li"),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        (OfferResult.ACCEPTED,),
        rule="claim.owner",
    ),
    DemoCall(
        "demo.own_agent_is_busy",
        18.0,
        _caller(_HOTLINE, "13922224444", "Zheng Qiang"),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        (OfferResult.ACCEPTED,),
        rule="colleague.random",
    ),
    DemoCall(
        "demo.vip_goes_ahead",
        7.0,
        _caller(_MAIN, "13922225555", "Ma Chao", *_choose("2")),
        Disposition.ANSWERED,
        EndedBy.AGENT,
        (OfferResult.ACCEPTED,),
        "2",
        rule="colleague.random",
        overtakes=True,
    ),
)

PHONES: Final = (
    Phone("1001", (PhoneBehaviour(Reaction.NO_ANSWER), PhoneBehaviour(answer_after=1.0, talk=6.0))),
    Phone("1002", (PhoneBehaviour(answer_after=2.0, talk=6.0),)),
    Phone("1003", (PhoneBehaviour(answer_after=1.5, talk=6.0),)),
    Phone("1005", (PhoneBehaviour(answer_after=1.0, talk=6.0),)),
    Phone("1006", (PhoneBehaviour(Reaction.NO_ANSWER), PhoneBehaviour(Reaction.DECLINE), PhoneBehaviour(talk=6.0))),
    Phone("1007", (PhoneBehaviour(answer_after=1.0, talk=16.0),)),
)
"""Each phone treats its first call as the first behaviour says, and every further one as the last says."""
