"""Whether a number may be dialled at this moment, by whom, by which way, and what the far end is shown (O4).

One pure function decides for agents and flows alike; nothing is dialled that it did not allow. Easy to break: the order
of its questions is the order in which people can help themselves, and what would tell a thief most comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fs_control.centre.dial_ledger import HOUR, MINUTE, DialLedger, counted_under
from fs_control.centre.dial_rules import Destination, destination_of, said_to
from fs_control.centre.refusals import Refusal
from fs_control.ids import Micros, PhoneNumber
from fs_control.records import AgentProfile, DialLimits, Directory, Gateway, NumberForm

LIMIT: Final = "dial_limit_"
"""How the codes of reached limits begin."""

DEFAULT_GATEWAY: Final = Gateway("")
"""The one that the settings name, where the directory has none."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A call that may be made: whom (`number`, `key`), how it is said to the `gateway`, what is shown, what it costs.

    `cost` is for a minute that has begun, in thousandths.
    """

    number: PhoneNumber
    key: str
    dialled: str
    gateway: str
    shown: str
    cost: int


def may_dial(
    directory: Directory, ledger: DialLedger, agent: AgentProfile | None, text: str, now: Micros, shown: str = ""
) -> Allowed | Refusal:
    """Decide about a number that an agent, or without one a flow, wants to have dialled.

    `shown` is what a flow has the far end see; an agent's own is found here.
    """
    shown = shown or caller_id_of(directory, agent)
    if not shown:
        return Refusal("no_caller_id", {"agent": agent.number if agent is not None else ""})
    found = destination_of(directory, text)
    if isinstance(found, Refusal):
        return found
    return way_out(directory, ledger, agent, found, now, shown)


def way_out(
    directory: Directory, ledger: DialLedger, agent: AgentProfile | None, found: Destination, now: Micros, shown: str
) -> Allowed | Refusal:
    """Decide about limits and the gateway for a number that may be called."""
    limit = over_limit(directory, ledger, agent, now)
    if limit is not None:
        return limit
    gateway = _gateway_for(directory, ledger, found, now)
    if isinstance(gateway, Refusal):
        return gateway
    dialled = said_to(gateway.form, found.number, directory.region)
    return Allowed(found.number, found.key, dialled, gateway.name, shown, found.rule.cost)


def caller_id_of(directory: Directory, agent: AgentProfile | None) -> str:
    """Return the number of ours that is shown: the agent's, else the enterprise's, else the only service number."""
    own = agent.caller_id if agent is not None else None
    only = next(iter(directory.numbers)) if len(directory.numbers) == 1 else None
    return own or directory.caller_id or only or ""


def over_limit(directory: Directory, ledger: DialLedger, agent: AgentProfile | None, now: Micros) -> Refusal | None:
    """Return which limit is reached, the agent's before the enterprise's, or None."""
    who = counted_under(agent.id if agent is not None else None)
    limits = (directory.agent_limits, directory.enterprise_limits)[-len(who) :]
    for name, limit in zip(who, limits, strict=True):
        reached = _reached(ledger, name, limit, now)
        if reached is not None:
            whose = agent.number if agent is not None and name != who[-1] else ""
            kind, most = reached
            return Refusal(f"{LIMIT}{kind}_{'agent' if whose else 'all'}", {"agent": whose, "most": str(most)})
    return None


def _reached(ledger: DialLedger, name: str, limit: DialLimits, now: Micros) -> tuple[str, int] | None:
    count = ledger.of(name)
    so_far = (
        ("per_minute", limit.per_minute, count.since(now, MINUTE)),
        ("per_hour", limit.per_hour, count.since(now, HOUR)),
        ("per_day", limit.per_day, count.today),
        ("spend_per_day", limit.spend_per_day, count.spent_today),
    )
    return next(((kind, most) for kind, most, counted in so_far if most is not None and counted >= most), None)


def _gateway_for(directory: Directory, ledger: DialLedger, found: Destination, now: Micros) -> Gateway | Refusal:
    """Return the first gateway that can take the call now; or why the last one that was tried cannot."""
    named = found.rule.gateway
    ways = [each for each in directory.gateways if named is None or each.name == named]
    if not directory.gateways and named is None:
        return DEFAULT_GATEWAY
    refusal = Refusal("dial_no_gateway", {"gateway": named or ""})
    for gateway in ways:
        against = _against(gateway, ledger, now)
        if against is None:
            return gateway
        refusal = Refusal(against, {"gateway": gateway.name})
    return refusal


def _against(gateway: Gateway, ledger: DialLedger, now: Micros) -> str | None:
    if not gateway.enabled:
        return "dial_no_gateway"
    if gateway.name in ledger.down:
        return "dial_gateway_down"
    if gateway.max_calls is not None and ledger.calls_by(gateway.name) >= gateway.max_calls:
        return "dial_gateway_full"
    if gateway.calls_per_second is not None and ledger.begun_by(gateway.name, now) >= gateway.calls_per_second:
        return "dial_gateway_full"
    return None


def first_gateway(directory: Directory) -> str:
    """Return the gateway by which agents' own ordinary telephones are rung; "" is the one that the settings name."""
    return next((each.name for each in directory.gateways if each.enabled), "")


def form_of(directory: Directory, name: str) -> NumberForm:
    """Return how a gateway wants numbers; the default one of the settings as people dial."""
    return next((each.form for each in directory.gateways if each.name == name), NumberForm.DIALLED)
