"""`fs-control customer`: the saved customers and the agents to whom they belong (M5, M6, M10, M13).

A customer is named by number, written as people write numbers. Customers are looked up at each call, so a running
engine needs no word about them, except where a move changes flows, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.customer_move import do_move, preview_move, undo_move
from fs_control.face.exporting import export_sheet
from fs_control.face.importing import problems_named, read_text, show_change, show_import
from fs_control.face.removing import say_removed, say_restored, show_removed
from fs_control.face.stores import stores
from fs_control.face.values import given, refuse_no_change
from fs_control.face.words import print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.store.customers import StoredCustomer

MOST_LISTED = 100_000


@click.group(
    "customer",
    cls=Group,
    examples=("fs-control customer add 13800138000 --name 张伟 --owner 8001", "fs-control customer list 张"),
)
def customer_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@customer_group.command("list", examples=("fs-control customer list 138", "fs-control customer list --owner 8001"))
@click.argument("search", metavar="[WORD]...", nargs=-1)
@click.option("--owner", metavar="AGENT", cls=Option)
@click.option("--vip", "only_vips", is_flag=True, cls=Option)
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=100, show_default=True, cls=Option)
@click.option("--removed", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_customers(
    search: tuple[str, ...], owner: str | None, only_vips: bool, limit: int, removed: bool, json: bool
) -> None:
    """Print customers."""
    if removed:
        _list_removed(json=json)
        return
    with stores() as kept:
        found, zone = kept.customers.search(search, owner, limit + 1, int(only_vips)), kept.time_zone
    if json:
        print_json({"customers": [asdict(customer) for customer in found[:limit]], "are_all": len(found) <= limit})
    elif not found:
        say("nothing_found" if search or owner or only_vips else "no_customers")
    else:
        _print_customers(found[:limit], zone)
        if len(found) > limit:
            remark("more_there_are", limit=limit)


@customer_group.command("show", examples=("fs-control customer show 13800138000",))
@click.argument("number")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_customer(number: str, json: bool) -> None:
    """Print one customer."""
    with stores() as kept:
        customer, zone = kept.customers.find(number), kept.time_zone
    if json:
        print_json(asdict(customer))
    else:
        _print_customers([customer], zone)


def _print_customers(customers: Sequence[StoredCustomer], zone: str) -> None:
    from fs_control.face.clock_words import local_time

    rows = [
        (
            one.number,
            one.name,
            one.owner,
            one.owner_name,
            str(one.priority) if one.priority else None,
            f"{local_time(one.created_at, zone):%Y-%m-%d}",
            f"{local_time(one.changed_at, zone):%Y-%m-%d %H:%M}",
        )
        for one in customers
    ]
    print_table(("customer", "name", "owner", "owner_name", "priority", "saved", "changed"), rows)


# --- changing ------------------------------------------------------------------------------------------------------


@customer_group.command(
    "add",
    examples=(
        "fs-control customer add 13800138000 --name 张伟 --owner 8001",
        "fs-control customer add 13900139000 --owner 8001 --vip",
    ),
)
@click.argument("number")
@click.option("--name", default="", cls=Option)
@click.option("--owner", metavar="AGENT", default="", cls=Option)
@click.option("--vip/--no-vip", default=None, cls=Option)
@click.option("--priority", metavar="0-9", cls=Option)
def add_customer(number: str, name: str, owner: str, vip: bool | None, priority: str | None) -> None:
    """Save a customer; the owner must be given."""
    from fs_control.store import directory_fields as read
    from fs_control.store.customer_sheet import CustomerEntry

    entry = CustomerEntry(number, read.name(name), owner, **_priority(vip, priority))
    with stores() as kept:
        stored = kept.customers.add(entry, author().now)
    say("customer_added", customer=stored, agent=owner)


@customer_group.command(
    "set", examples=("fs-control customer set 13800138000 --owner 8002", "fs-control customer set 138… --name 张伟")
)
@click.argument("customer", metavar="NUMBER")
@click.option("--number", "new_number", cls=Option)
@click.option("--name", cls=Option)
@click.option("--owner", metavar="AGENT", cls=Option)
@click.option("--vip/--no-vip", default=None, cls=Option)
@click.option("--priority", metavar="0-9", cls=Option)
def set_customer(
    customer: str,
    new_number: str | None,
    name: str | None,
    owner: str | None,
    vip: bool | None,
    priority: str | None,
) -> None:
    """Change a customer."""
    from fs_control.store import directory_fields as read

    if owner in ("", "-"):
        raise UserMistake("customer_needs_owner")
    changes = {
        **given(number=(new_number, str), name=(name, read.name), owner=(owner, read.agent_number)),
        **_priority(vip, priority),
    }
    refuse_no_change(changes)
    with stores() as kept:
        item = kept.customers.change(customer, lambda entry: replace(entry, **changes), author().now)
    show_change(item)


def _priority(vip: bool | None, priority: str | None) -> dict[str, int]:
    """Return the priority that was given, as a figure or as a word; misuse where it was given as both."""
    from fs_control.store import group_fields

    if vip is not None and priority is not None:
        raise click.UsageError(words("vip_or_priority"))
    if vip is not None:
        return {"priority": group_fields.VIP if vip else 0}
    return given(priority=(priority, group_fields.priority))


@customer_group.command("remove", examples=("fs-control customer remove 13800138000",))
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_customers(numbers: tuple[str, ...], yes: bool) -> None:
    """Remove customers; they are strangers again."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        _print_customers([kept.customers.find(number) for number in numbers], kept.time_zone)
        be_sure(yes, "remove_customers_really", count=len(numbers))
        removed = kept.customers.remove(numbers, author())
    say_removed(ItemKind.CUSTOMER, [customer.number for customer in removed])


@customer_group.command("restore", examples=("fs-control customer restore 13800138000",))
@click.argument("number")
def restore_customer(number: str) -> None:
    """Bring a removed customer back."""
    from fs_control.store.directory_plan import ItemKind

    with stores() as kept:
        stored = kept.customers.restore(number, author().now)
    say_restored(ItemKind.CUSTOMER, stored)


def _list_removed(*, json: bool) -> None:
    with stores() as kept:
        steps, zone = kept.customers.removed(author().now), kept.time_zone
    show_removed(steps, zone, json=json)


# --- moving --------------------------------------------------------------------------------------------------------


@customer_group.command(
    "move",
    examples=(
        "fs-control customer move --from 8001 --to 8002 --preview",
        "fs-control customer move --from 8001 --to 8002",
        "fs-control customer move --undo",
    ),
)
@click.option("--from", "source", metavar="AGENT", cls=Option)
@click.option("--to", "target", metavar="AGENT", cls=Option)
@click.option("--preview", is_flag=True, cls=Option)
@click.option("--undo", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def move_customers(source: str | None, target: str | None, preview: bool, undo: bool, json: bool) -> None:
    """Give everything of one agent to another, or take the last such move back."""
    if undo and not (source or target or preview):
        undo_move(json=json)
    elif source is None or target is None or undo:
        raise click.UsageError(words("move_from_and_to"))
    elif preview:
        preview_move(source, target, _print_customers, json=json)
    else:
        do_move(source, target, json=json)


# --- files ---------------------------------------------------------------------------------------------------------


@customer_group.command("import", examples=("fs-control customer import customers.csv --dry-run",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def import_customers(file: Path, dry_run: bool, json: bool) -> None:
    """Take over a CSV sheet of customers."""
    from fs_control.store.customer_sheet import parse_customers

    text = read_text(file)
    with problems_named(), stores() as kept:
        sheet = parse_customers(text, str(file), kept.customers.region())
        result = kept.customers.import_sheet(sheet, author().now, dry_run=dry_run)
    show_import(str(file), result, dry_run=dry_run, json=json)


@customer_group.command("export", examples=("fs-control customer export --owner 8001 --out customers.csv",))
@click.option("--owner", metavar="AGENT", cls=Option)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv", cls=Option)
def export_customers(owner: str | None, out: Path | None) -> None:
    """Write the customers as a CSV sheet."""
    from fs_control.store.customer_sheet import COLUMNS

    with stores() as kept:
        customers = kept.customers.search((), owner)
    export_sheet(COLUMNS, [(one.number, one.name, one.owner, one.priority or None) for one in customers], out)
