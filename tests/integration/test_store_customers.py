"""Saved customers: nobody without an owner, found in every written form, moved and taken back (M5, M10, M13)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros
from fs_control.store.customer_moves import MoveTakenBack, PostgresCustomerMoves
from fs_control.store.customer_sheet import CustomerEntry, parse_customers
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory_plan import DirectoryFileMistake, FieldChange, ImportResult, ItemKind
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.removals import PostgresRemovals
from fs_control.store.undo_steps import KEPT_FOR, Author

NOW = Micros(1_800_000_000 * SECOND)
LATER = Micros(NOW + SECOND)
AUTHOR = Author("test", LATER)
ZHANG, LI = "+8613800138000", "+8685186986000"


@pytest.fixture
def customers(database: Engine) -> PostgresCustomerStore:
    store = PostgresCustomerStore(database, DEFAULT_ENTERPRISE)
    store.add(CustomerEntry("138 0013 8000", "张伟", "8001"), NOW)
    store.add(CustomerEntry("0851-86986000", "Li Na", "8002"), NOW)
    return store


@pytest.fixture
def moves(database: Engine, customers: PostgresCustomerStore) -> PostgresCustomerMoves:
    PostgresMemoryStore(database, DEFAULT_ENTERPRISE).remember(MemoryEntry("13900139000", "8001", None, NOW))
    return PostgresCustomerMoves(database, DEFAULT_ENTERPRISE)


def owners(customers: PostgresCustomerStore) -> dict[str, str]:
    return {customer.number: customer.owner for customer in customers.search(())}


def imported(customers: PostgresCustomerStore, csv: str, *, dry_run: bool = False) -> ImportResult:
    return customers.import_sheet(parse_customers(csv, "x.csv", "CN"), LATER, dry_run=dry_run)


def test_M5_nobody_is_saved_without_an_owner(customers: PostgresCustomerStore) -> None:
    """Saving without owner is refused."""
    with pytest.raises(UserMistake, match="customer_needs_owner"):
        customers.add(CustomerEntry("13900139000", "x", ""), NOW)
    with pytest.raises(UserMistake, match="customer_needs_owner"):
        customers.change(ZHANG, lambda customer: replace(customer, owner=""), NOW)
    with pytest.raises(DirectoryFileMistake) as refused:
        imported(customers, "number,name,owner\n13900139000,x,\n")
    assert [(one.place.line, one.code) for one in refused.value.problems] == [(2, "customer_needs_owner")]
    assert owners(customers) == {ZHANG: "8001", LI: "8002"}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), [ZHANG, LI]),
        (("张",), [ZHANG]),
        (("li n",), [LI]),
        (("LI", "8698"), [LI]),
        (("0013",), [ZHANG]),
        (("138-0013",), [ZHANG]),
        (("0851 86986000",), [LI]),
        (("013800138000",), [ZHANG]),
        (("张", "8698"), []),
        (("%",), []),
        (("_",), []),
    ],
)
def test_A2_a_part_of_name_and_number_is_enough(
    customers: PostgresCustomerStore, words: tuple[str, ...], found: list[str]
) -> None:
    """Fuzzy search finds part of name and part of number."""
    assert [customer.number for customer in customers.search(words)] == found


def test_customers_are_those_of_one_owner_or_a_few_of_all(customers: PostgresCustomerStore) -> None:
    assert [customer.number for customer in customers.search((), "8002")] == [LI]
    assert len(customers.search((), limit=1)) == 1
    with pytest.raises(UserMistake, match="agent_unknown"):
        customers.search((), "8012")


@pytest.mark.parametrize("number", ["13800138000", "+86 138-0013-8000", "008613800138000"])
def test_one_number_is_one_customer_however_it_is_written(customers: PostgresCustomerStore, number: str) -> None:
    assert customers.find(number).name == "张伟"
    with pytest.raises(UserMistake, match="customer_exists"):
        customers.add(CustomerEntry(number, "again", "8002"), NOW)


@pytest.mark.parametrize("number", ["1380013800", "86986000", "8001", "anonymous", ""])
def test_what_no_numbering_plan_knows_is_no_customers_number(customers: PostgresCustomerStore, number: str) -> None:
    with pytest.raises(UserMistake, match="not_a_customer_number"):
        customers.add(CustomerEntry(number, "x", "8001"), NOW)


def test_a_customer_who_is_not_saved_is_named_with_the_nearest(customers: PostgresCustomerStore) -> None:
    with pytest.raises(UserMistake, match="customer_unknown") as refused:
        customers.find("13800138001")
    assert refused.value.values["nearest"] == ZHANG


def test_a_changed_number_keeps_the_customer(customers: PostgresCustomerStore) -> None:
    before = customers.find(ZHANG)
    item = customers.change(ZHANG, lambda customer: replace(customer, number="13900139000"), LATER)
    assert item.changes == (FieldChange("number", ZHANG, "+8613900139000"),)
    after = customers.find("13900139000")
    assert after == replace(before, number="+8613900139000", changed_at=LATER)
    with pytest.raises(UserMistake, match="customer_exists"):
        customers.change("13900139000", lambda customer: replace(customer, number=LI), LATER)


def test_removed_customers_come_back_for_thirty_days(customers: PostgresCustomerStore) -> None:
    before = customers.find(ZHANG)
    customers.remove(["13800138000"], AUTHOR)
    assert [step.name for step in customers.removed(LATER)] == [ZHANG]
    with pytest.raises(UserMistake, match="customer_not_removed"):
        customers.restore(ZHANG, Micros(LATER + KEPT_FOR))
    assert customers.restore("13800138000", Micros(LATER + KEPT_FOR - 1)) == ZHANG
    assert customers.find(ZHANG) == before


def test_a_customer_whose_owner_is_gone_does_not_come_back(database: Engine, customers: PostgresCustomerStore) -> None:
    customers.remove([ZHANG], AUTHOR)
    PostgresRemovals(database, DEFAULT_ENTERPRISE).remove(ItemKind.AGENT, ["8001"], AUTHOR)
    with pytest.raises(UserMistake, match="customer_owner_gone"):
        customers.restore(ZHANG, LATER)


def test_a_sheet_adds_changes_and_leaves_alone(customers: PostgresCustomerStore) -> None:
    sheet = "number,name,owner\n13800138000,张伟,8002\n0851-86986000,Li Na,8002\n13900139000,新,8003\n"
    result = imported(customers, sheet)
    assert [item.key for item in result.added] == ["+8613900139000"]
    assert [(item.key, item.changes) for item in result.changed] == [(ZHANG, (FieldChange("owner", "8001", "8002"),))]
    assert [item.key for item in result.unchanged] == [LI]
    assert owners(customers) == {ZHANG: "8002", LI: "8002", "+8613900139000": "8003"}
    assert customers.find(ZHANG).created_at == NOW


def test_A1_every_bad_line_of_a_sheet_is_named_and_nothing_is_taken(customers: PostgresCustomerStore) -> None:
    """Bulk import reports every bad line and imports none."""
    sheet = "number,name,owner\n13900139000,ok,8001\n12,x,8001\n13900139001,x,8011\n+8613900139000,x,8001\n,x,8001\n"
    with pytest.raises(DirectoryFileMistake) as refused:
        imported(customers, sheet)
    assert [(one.place.line, one.place.column, one.code) for one in refused.value.problems] == [
        (3, 1, "not_a_customer_number"),
        (4, 3, "agent_unknown"),
        (5, 1, "written_twice"),
        (6, 1, "field_missing"),
    ]
    assert len(owners(customers)) == 2


def test_a_dry_run_changes_nothing(customers: PostgresCustomerStore) -> None:
    result = imported(customers, "number,owner\n13900139000,8001\n", dry_run=True)
    assert len(result.added) == 1
    assert len(owners(customers)) == 2


def test_M13_a_move_is_seen_before_it_is_done_and_leaves_nothing_behind(
    database: Engine, customers: PostgresCustomerStore, moves: PostgresCustomerMoves
) -> None:
    """After migrate A -> B no route points at A (memory, owner), and it can be previewed before doing it."""
    preview = moves.preview("8001", "8003")
    assert ([one.number for one in preview.customers], len(preview.memories)) == ([ZHANG], 1)
    assert owners(customers)[ZHANG] == "8001"
    assert moves.move("8001", "8003", AUTHOR) == preview
    assert owners(customers) == {ZHANG: "8003", LI: "8002"}
    (weight,) = PostgresRemovals(database, DEFAULT_ENTERPRISE).weigh(["8001"])
    assert (weight.customers, weight.memories) == (0, 0)


def test_M13_a_move_can_be_taken_back(customers: PostgresCustomerStore, moves: PostgresCustomerMoves) -> None:
    moves.move("8001", "8002", AUTHOR)
    assert moves.undo(Author("test", LATER)) == MoveTakenBack("8001", "8002", 1, 1)
    assert owners(customers) == {ZHANG: "8001", LI: "8002"}
    with pytest.raises(UserMistake, match="no_customers_moved"):
        moves.undo(Author("test", LATER))


def test_taking_back_leaves_who_has_got_yet_another_owner(
    customers: PostgresCustomerStore, moves: PostgresCustomerMoves
) -> None:
    moves.move("8001", "8002", AUTHOR)
    customers.change(ZHANG, lambda customer: replace(customer, owner="8003"), LATER)
    assert moves.undo(Author("test", LATER)).customers == 0
    assert owners(customers)[ZHANG] == "8003"


def test_a_move_from_somebody_who_is_gone_is_not_taken_back(database: Engine, moves: PostgresCustomerMoves) -> None:
    moves.move("8001", "8002", AUTHOR)
    PostgresRemovals(database, DEFAULT_ENTERPRISE).remove(ItemKind.AGENT, ["8001"], AUTHOR)
    with pytest.raises(UserMistake, match="move_source_gone"):
        moves.undo(Author("test", LATER))


@pytest.mark.parametrize(
    ("source", "target", "code"), [("8001", "8001", "move_to_oneself"), ("8001", "8011", "agent_unknown")]
)
def test_a_move_to_nobody_is_refused(moves: PostgresCustomerMoves, source: str, target: str, code: str) -> None:
    with pytest.raises(UserMistake, match=code):
        moves.preview(source, target)


def test_customers_of_another_enterprise_are_never_seen(database: Engine, customers: PostgresCustomerStore) -> None:
    theirs = PostgresCustomerStore(database, EnterpriseId("other"))
    assert theirs.search(()) == []
    with pytest.raises(UserMistake, match="customer_unknown") as refused:
        theirs.find("+8613800138000")
    assert refused.value.values["nearest"] is None
