"""`fs-control dial-rule`: which outside numbers may be called, and what a minute costs (toll fraud).

Easy to break: a target is the beginning of an international number only with its plus; without one it is a short number
as it is dialled, whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Group, Option
from fs_control.face.database import database
from fs_control.face.telling import tell_engine
from fs_control.face.words import print_json, print_table, say, words
from fs_control.records import DialRule

if TYPE_CHECKING:
    from fs_control.store.dialling import PostgresDialStore

EXAMPLES: Final = (
    "fs-control dial-rule allow +44 --cost 0.12",
    "fs-control dial-rule deny +8690",
    "fs-control dial-rule allow 10086",
    "fs-control dial-rule test +442079460000",
)


@click.group("dial-rule", cls=Group, examples=EXAMPLES)
def dial_rule_group() -> None:
    """Choose a command below."""


@dial_rule_group.command("allow", examples=(EXAMPLES[0], EXAMPLES[2], "fs-control dial-rule allow HK"))
@click.argument("target")
@click.option("--cost", metavar="AMOUNT", cls=Option)
@click.option("--gateway", metavar="NAME", cls=Option)
def allow_target(target: str, cost: str | None, gateway: str | None) -> None:
    """Let numbers be called."""
    rule = DialRule(_target(target), allowed=True, cost=thousandths(cost or "0"), gateway=gateway)
    with dial_store() as store:
        store.set_rule(rule)
    say("dial_rule_allows", target=rule.target)
    tell_engine()


@dial_rule_group.command("deny", examples=EXAMPLES[1:2])
@click.argument("target")
def deny_target(target: str) -> None:
    """Let numbers not be called."""
    rule = DialRule(_target(target), allowed=False)
    with dial_store() as store:
        store.set_rule(rule)
    say("dial_rule_denies", target=rule.target)
    tell_engine()


@dial_rule_group.command("list", examples=("fs-control dial-rule list", "fs-control dial-rule list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_rules(json: bool) -> None:
    """List the rules."""
    with dial_store() as store:
        rules = store.rules()
    if json:
        print_json({"rules": [_plain(rule) for rule in rules]})
        return
    if rules:
        print_table(("target", "allowed", "cost", "gateway"), [_row(rule) for rule in rules])
    say("dial_rules_built_in")


def _plain(rule: DialRule) -> dict[str, Any]:
    return {"target": rule.target, "allowed": rule.allowed, "cost": amount_text(rule.cost), "gateway": rule.gateway}


def _row(rule: DialRule) -> tuple[str | None, ...]:
    is_priced = rule.allowed and rule.cost
    return (
        rule.target,
        words("yes" if rule.allowed else "no"),
        amount_text(rule.cost) if is_priced else None,
        rule.gateway,
    )


@dial_rule_group.command("remove", examples=("fs-control dial-rule remove +44",))
@click.argument("target")
def remove_rule(target: str) -> None:
    """Remove a rule."""
    with dial_store() as store:
        store.remove_rule(_target(target))
    say("dial_rule_removed", target=_target(target))
    tell_engine()


@dial_rule_group.command("test", examples=EXAMPLES[3:])
@click.argument("number")
def probe_number(number: str) -> None:
    """Say whether a number may be called, and why."""
    from fs_control.centre.dial_rules import BUILT_IN, destination_of
    from fs_control.centre.refusals import Refusal
    from fs_control.face.stores import stores

    with stores() as kept:
        directory = kept.directory.load()[0]
    found = destination_of(directory, number)
    if isinstance(found, Refusal):
        raise UserMistake(found.code, **found.values)
    if found.rule.target == BUILT_IN:
        say("dial_may_built_in", number=found.key)
    else:
        say("dial_may_by_rule", number=found.key, rule=found.rule.target, cost=amount_text(found.rule.cost))


def _target(text: str) -> str:
    """Read a target as people write it: blanks go, letters are big."""
    return text.replace(" ", "").upper()


def thousandths(text: str) -> int:
    """Read an amount of money, such as 0.12; UserMistake `amount_bad`."""
    try:
        amount = Decimal(text) * 1000
    except InvalidOperation:
        raise UserMistake("amount_bad", text=text) from None
    if not amount.is_finite() or amount != int(amount) or not 0 <= amount <= MOST:
        raise UserMistake("amount_bad", text=text)
    return int(amount)


MOST: Final = 1_000_000_000


def amount_text(amount: int) -> str:
    """Return an amount as people write it."""
    return f"{Decimal(amount) / 1000:.3f}".rstrip("0").rstrip(".")


@contextmanager
def dial_store() -> Iterator[PostgresDialStore]:
    """Open the database for what is dialled."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.dialling import PostgresDialStore

    with database() as engine:
        yield PostgresDialStore(engine, DEFAULT_ENTERPRISE)
