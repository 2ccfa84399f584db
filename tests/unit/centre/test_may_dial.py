"""Which numbers may be dialled, by whom and by which way: what is allowed, and what a thief would try."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.centre import dial_ledger
from fs_control.centre.dial_ledger import DialLedger
from fs_control.centre.dial_rules import Destination, destination_of, said_to
from fs_control.centre.may_dial import Allowed, may_dial
from fs_control.centre.refusals import Refusal
from fs_control.ids import AgentId, LegId, Micros, parse_phone_number, seconds
from fs_control.records import DialLimits, DialRule, Directory, Gateway, NumberForm
from fs_control.testing.builders import a_directory, a_profile

NOW = Micros(1_767_225_600_000_000)
AGENT = a_profile(1)
MOBILE = "13800138000"


def directory(*rules: DialRule, gateways: tuple[Gateway, ...] = (), **fields: DialLimits) -> Directory:
    """A directory with a number to show."""
    own = replace(a_directory(), caller_id="02161234567", dial_rules=rules, gateways=gateways)
    return replace(
        own, agent_limits=fields.get("agents", DialLimits()), enterprise_limits=fields.get("all", DialLimits())
    )


def verdict(text: str, *rules: DialRule) -> str:
    """The number that would be called, or the code of the refusal."""
    found = destination_of(directory(*rules), text)
    return found.code if isinstance(found, Refusal) else found.key


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        "138 0013 8000",
        "+86 138-0013-8000",
        "0086138 0013 8000",
        "013800138000",
        "8613800138000",
        "(138)00138000",
    ],
)
def test_O12_every_written_form_is_the_same_number(text: str) -> None:
    assert verdict(text) == "+8613800138000"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "dial_number_bad"),
        ("+", "dial_number_bad"),
        ("++8613800138000", "dial_number_bad"),
        ("1380013800O", "dial_number_bad"),
        ("1-800-FLOWERS", "dial_number_bad"),
        ("13800138000;phone-context=+44", "dial_number_bad"),
        ("13800138000;ext=1", "dial_number_bad"),
        ("13800138000@evil.example", "dial_number_bad"),
        ("13800138000,13900139000", "dial_number_bad"),
        ("13800138000\nexecute", "dial_number_bad"),
        ("13800138000\x00", "dial_number_bad"),
        ("1" * 41, "dial_number_bad"),
        ("9" * 21, "dial_number_bad"),
        ("１３８００１３８０００", "dial_number_bad"),
        ("٠١٢٣٤٥٦٧٨٩", "dial_number_bad"),
        ("138\u00a00013\u00a08000", "dial_number_bad"),
        ("${gateway}", "dial_number_bad"),
        ("8001", "dial_number_unknown"),
        ("12345678901234567890", "dial_number_unknown"),
        ("10086", "dial_short_number"),
        ("110", "dial_emergency"),
        ("1 1 0", "dial_emergency"),
        ("+442079460000", "dial_abroad"),
        ("00 44 20 7946 0000", "dial_abroad"),
        ("442079460000", "dial_abroad"),
        ("+85221234567", "dial_abroad"),
        ("+18765551234", "dial_abroad"),
        ("+8816 1234 5678", "dial_abroad"),
        ("+979123456789", "dial_premium"),
        ("+447012345678", "dial_premium"),
        ("4001000001", "dial_premium"),
    ],
)
def test_what_is_no_ordinary_number_of_the_country_is_refused_with_its_own_reason(text: str, code: str) -> None:
    assert verdict(text) == code


@pytest.mark.parametrize(
    ("rules", "text", "expected"),
    [
        ((("+44", True),), "+442079460000", "+442079460000"),
        ((("+44", True), ("+4420", False)), "+442079460000", "dial_denied"),
        ((("+4420", True), ("+44", False)), "+442079460000", "+442079460000"),
        ((("+86139", False),), "13912345678", "dial_denied"),
        ((("+86", False),), MOBILE, "dial_denied"),
        ((("GB", True),), "+442079460000", "+442079460000"),
        ((("GB", True), ("+44", False)), "+442079460000", "dial_denied"),
        ((("+1", True), ("JM", False)), "+18765551234", "+18765551234"),
        ((("US", True),), "+18765551234", "dial_abroad"),
        ((("+44", True),), "+447012345678", "dial_premium"),
        ((("+4470", True),), "+447012345678", "+447012345678"),
        ((("+86400", True),), "400 100 0001", "+864001000001"),
        ((("10086", True),), "10086", "10086"),
        ((("10086", True),), "100860", "dial_number_unknown"),
        ((("110", True),), "110", "110"),
        ((("10086", False),), "10086", "dial_denied"),
    ],
)
def test_the_longest_rule_decides(rules: tuple[tuple[str, bool], ...], text: str, expected: str) -> None:
    """What costs whoever calls more than a call has to be named: the rule for a whole country does not let it pass."""
    assert verdict(text, *(DialRule(target, allowed) for target, allowed in rules)) == expected


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        (NumberForm.DIALLED, "+8613800138000", "13800138000"),
        (NumberForm.DIALLED, "+862161234567", "02161234567"),
        (NumberForm.DIALLED, "+442079460000", "00442079460000"),
        (NumberForm.MOBILE_ZERO, "+8613800138000", "013800138000"),
        (NumberForm.MOBILE_ZERO, "+862161234567", "02161234567"),
        (NumberForm.PLUS, "13800138000", "+8613800138000"),
        (NumberForm.DIGITS, "021 6123 4567", "862161234567"),
        (NumberForm.PLUS, "10086", "10086"),
    ],
)
def test_O12_a_carrier_is_told_numbers_as_it_wants_them(form: NumberForm, text: str, said: str) -> None:
    """Landline needs area code; transfer to mobile gets a leading 0."""
    assert said_to(form, parse_phone_number(text), "CN") == said


# --- who is shown --------------------------------------------------------------------------------------------------


def test_O4_the_agents_own_number_is_shown_before_that_of_the_enterprise() -> None:
    own = replace(AGENT, caller_id="02187654321")
    for agent, shown in ((own, "02187654321"), (AGENT, "02161234567")):
        allowed = may_dial(directory(), DialLedger(), agent, MOBILE, NOW)
        assert isinstance(allowed, Allowed)
        assert allowed.shown == shown


def test_O4_without_any_number_to_show_nobody_is_called() -> None:
    """Dialling without one is refused with `no_caller_id`."""
    nothing = replace(directory(), caller_id=None)
    assert may_dial(nothing, DialLedger(), AGENT, MOBILE, NOW) == Refusal("no_caller_id", {"agent": "801"})


# --- limits --------------------------------------------------------------------------------------------------------


def code_of(centre: Directory, ledger: DialLedger, at: Micros = NOW, text: str = MOBILE) -> str:
    """The code of the refusal, or the gateway by which the call would go."""
    decision = may_dial(centre, ledger, AGENT, text, at)
    return decision.code if isinstance(decision, Refusal) else decision.gateway


def after(count: int, every_s: float = 1, gateway: str = "", agent: int = 1) -> DialLedger:
    """What is counted when somebody has dialled so often, the last time just now."""
    ledger = DialLedger()
    for place in reversed(range(count)):
        at = Micros(NOW - seconds(place * every_s))
        ledger = dial_ledger.dialled(ledger, AgentId(agent), LegId(f"call-{place}"), gateway, at)
    return ledger


@pytest.mark.parametrize(
    ("limits", "ledger", "code"),
    [
        (DialLimits(per_minute=3), after(2), ""),
        (DialLimits(per_minute=3), after(3), "dial_limit_per_minute_agent"),
        (DialLimits(per_minute=3), after(3, every_s=40), ""),
        (DialLimits(per_hour=3), after(3, every_s=40), "dial_limit_per_hour_agent"),
        (DialLimits(per_hour=3), after(3, every_s=1900), ""),
        (DialLimits(per_day=3), after(3, every_s=1900), "dial_limit_per_day_agent"),
        (DialLimits(per_day=3), after(3, agent=2), ""),
        (DialLimits(spend_per_day=100), dial_ledger.charged(DialLedger(), AgentId(1), 99), ""),
        (
            DialLimits(spend_per_day=100),
            dial_ledger.charged(DialLedger(), AgentId(1), 100),
            "dial_limit_spend_per_day_agent",
        ),
    ],
)
def test_O1_an_agents_limits_are_the_agents_own(limits: DialLimits, ledger: DialLedger, code: str) -> None:
    assert code_of(directory(agents=limits), ledger) == code


def test_O1_what_all_together_may_dial_is_a_limit_of_its_own() -> None:
    assert code_of(directory(all=DialLimits(per_hour=3)), after(3, agent=2)) == "dial_limit_per_hour_all"


def test_a_new_day_begins_with_nothing_dialled_and_nothing_spent() -> None:
    spent = dial_ledger.charged(after(3, every_s=1900), AgentId(1), 500)
    limits = directory(agents=DialLimits(per_day=3, spend_per_day=500))
    assert code_of(limits, spent) == "dial_limit_per_day_agent"
    assert code_of(limits, dial_ledger.new_day(spent)) == ""


def test_what_is_counted_does_not_grow_with_the_number_of_calls() -> None:
    busy = after(2000, every_s=0.5)
    assert busy.of("enterprise").today == 2000
    assert len(busy.of("enterprise").recent) <= 101


# --- ways out ------------------------------------------------------------------------------------------------------


def test_the_first_gateway_that_can_is_taken() -> None:
    both = (Gateway("one", max_calls=2), Gateway("two"))
    assert code_of(directory(gateways=both), after(1, gateway="one")) == "one"
    assert code_of(directory(gateways=both), after(2, gateway="one")) == "two"
    off = (replace(both[0], enabled=False), both[1])
    assert code_of(directory(gateways=off), DialLedger()) == "two"
    slow = (Gateway("one", calls_per_second=1),)
    assert code_of(directory(gateways=slow), after(1, gateway="one")) == "dial_gateway_full"
    assert code_of(directory(gateways=slow), after(1, gateway="one"), Micros(NOW + seconds(1))) == "one"


def test_a_gateway_that_the_switch_does_not_reach_is_not_taken() -> None:
    ledger = DialLedger()
    down = replace(ledger, down=ledger.down.set("one", "DOWN"))
    assert code_of(directory(gateways=(Gateway("one"), Gateway("two"))), down) == "two"
    assert code_of(directory(gateways=(Gateway("one"),)), down) == "dial_gateway_down"


def test_a_rule_may_name_its_gateway() -> None:
    rule = DialRule("+86", allowed=True, gateway="two", cost=7)
    allowed = may_dial(
        directory(rule, gateways=(Gateway("one"), Gateway("two", NumberForm.PLUS))), DialLedger(), AGENT, MOBILE, NOW
    )
    assert isinstance(allowed, Allowed)
    assert (allowed.gateway, allowed.dialled, allowed.cost) == ("two", "+8613800138000", 7)
    assert code_of(directory(rule), DialLedger()) == "dial_no_gateway"


def test_a_destination_keeps_the_rule_that_allowed_it() -> None:
    found = destination_of(directory(DialRule("+44", allowed=True, cost=120)), "+442079460000")
    assert isinstance(found, Destination)
    assert found.rule.cost == 120
