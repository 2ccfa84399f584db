"""`fs-control dialling`: how much may be dialled, and which number whoever is dialled is shown (O4).

Easy to break: an option that is not given leaves a limit as it is, and a dash takes it away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.dial_rule import amount_text, dial_store, thousandths
from fs_control.face.telling import tell_engine
from fs_control.face.values import NOTHING, refuse_no_change
from fs_control.face.words import print_json, print_table, say, words
from fs_control.records import DialLimits

EXAMPLES: Final = (
    "fs-control dialling show",
    "fs-control dialling caller-id 02112345678",
    "fs-control dialling limit --each-agent --per-hour 60 --spend 50",
)
COUNTS: Final = ("per_minute", "per_hour", "per_day")


@click.group("dialling", cls=Group, examples=EXAMPLES)
def dialling_group() -> None:
    """Choose a command below."""


@dialling_group.command("show", examples=(EXAMPLES[0], "fs-control dialling show --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def show_dialling(json: bool) -> None:
    """Show the limits and the numbers that are shown."""
    from fs_control.face.stores import stores

    with stores() as kept:
        directory = kept.directory.load()[0]
    limits = {"agent": directory.agent_limits, "enterprise": directory.enterprise_limits}
    shown = {each.number: each.caller_id for each in directory.agents.values() if each.caller_id is not None}
    if json:
        plain = {name: _plain(limit) for name, limit in limits.items()}
        print_json({"caller_id": directory.caller_id, "caller_ids": shown, "limits": plain})
        return
    print_table(
        ("limit_of", *COUNTS, "spend"), [(words(f"dial_scope.{name}"), *_row(each)) for name, each in limits.items()]
    )
    say("dialling_shows", number=directory.caller_id or words("dialling_shows_service_number"))
    for agent, number in shown.items():
        say("dialling_agent_shows", agent=agent, number=number)


def _plain(limit: DialLimits) -> dict[str, Any]:
    spend = None if limit.spend_per_day is None else amount_text(limit.spend_per_day)
    return {**{name: getattr(limit, name) for name in COUNTS}, "spend_per_day": spend}


def _row(limit: DialLimits) -> tuple[str, ...]:
    none = words("no_limit")
    counts = (getattr(limit, name) for name in COUNTS)
    spend = none if limit.spend_per_day is None else amount_text(limit.spend_per_day)
    return (*(none if count is None else str(count) for count in counts), spend)


@dialling_group.command("caller-id", examples=(EXAMPLES[1], "fs-control dialling caller-id 02187654321 --of 8001"))
@click.argument("number")
@click.option("--of", "of_agent", metavar="AGENT", cls=Option)
def set_caller_id(number: str, of_agent: str | None) -> None:
    """Set the number that is shown."""
    with dial_store() as store:
        store.set_caller_id(None if number in NOTHING else number, of_agent)
    say("caller_id_set" if number not in NOTHING else "caller_id_taken_away", number=number)
    tell_engine()


@dialling_group.command("limit", examples=(EXAMPLES[2], "fs-control dialling limit --all-agents --spend 500"))
@click.option("--each-agent/--all-agents", "each_agent", required=True, default=None, cls=Option)
@click.option("--per-minute", metavar="CALLS", cls=Option)
@click.option("--per-hour", metavar="CALLS", cls=Option)
@click.option("--per-day", metavar="CALLS", cls=Option)
@click.option("--spend", metavar="AMOUNT", cls=Option)
def set_limit(each_agent: bool, spend: str | None, **counts: str | None) -> None:
    """Set limits of calls and of money."""
    from fs_control.store.dial_rows import AGENTS, ENTERPRISE

    changes: dict[str, Any] = {name: _count(text) for name, text in counts.items() if text is not None}
    if spend is not None:
        changes["spend_per_day"] = None if spend in NOTHING else thousandths(spend)
    refuse_no_change(changes)
    with dial_store() as store:
        before = store.limits()[0 if each_agent else 1]
        store.set_limits(AGENTS if each_agent else ENTERPRISE, replace(before, **changes))
    say("dial_limits_set")
    tell_engine()


def _count(text: str) -> int | None:
    if text in NOTHING:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise UserMistake("amount_bad", text=text)
    return int(text)
