"""The saved customers of an enterprise and the agents to whom they belong (M5, M10).

A customer is found by number, in whatever form it is written. Easy to break: nobody is saved without an owner, and
what is removed is kept first, in the same transaction, so that it can be brought back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.dialects.postgresql import insert as postgresql_insert

from fs_control.errors import UserMistake
from fs_control.ids import CustomerId, EnterpriseId, Micros
from fs_control.store import tables
from fs_control.store.agents_known import agent_id, agents_by_number
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.directory_check import field_changes, nearest, table_differences
from fs_control.store.directory_edit import unknown
from fs_control.store.directory_fields import customer_number
from fs_control.store.directory_plan import ImportedItem, ImportResult, ItemKind
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of
from fs_control.store.search_words import number_parameters
from fs_control.store.sheets import Sheet, refuse_problems, unknown_agents
from fs_control.store.undo_steps import Author, UndoKind, UndoStep, forget_step, keep, newest_step, steps_of


@dataclass(frozen=True, slots=True)
class StoredCustomer:
    """A customer with what the database adds."""

    id: CustomerId
    number: str
    name: str
    owner: str
    owner_name: str
    created_at: Micros
    changed_at: Micros
    priority: int = 0


class PostgresCustomerStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    # --- looking ---

    def region(self) -> str:
        """Return the country in which a number without a country code is read."""
        with transaction(self._engine) as connection:
            return region_of(connection, self._enterprise)

    def search(
        self, words: Sequence[str], owner: str | None = None, limit: int | None = None, least_priority: int = 0
    ) -> list[StoredCustomer]:
        """Return the customers whose name or number holds every word, of one owner or all, by number.

        `least_priority` leaves out whoever has a lower one.
        """
        with transaction(self._engine) as connection:
            if owner is not None:
                agent_id(connection, self._enterprise, owner)
            words_in_sql = number_parameters(words, region_of(connection, self._enterprise))
            narrowed = {"owner": owner, "limit": limit, "least_priority": least_priority}
            return _read(connection, "customers", self._enterprise, **narrowed, **words_in_sql)

    def find(self, text: str) -> StoredCustomer:
        """Return the customer of a number; UserMistake `customer_unknown` with the nearest number there is."""
        with transaction(self._engine) as connection:
            return self._found(connection, [text])[0]

    def owners(self) -> list[str]:
        """Return the numbers of the agents who have customers."""
        with transaction(self._engine) as connection:
            return list(connection.execute(query("owners"), {"enterprise": self._enterprise}).scalars())

    def removed(self, now: Micros) -> list[UndoStep]:
        """Return the removed customers that can be brought back, the newest first."""
        with transaction(self._engine) as connection:
            return steps_of(connection, self._enterprise, UndoKind.CUSTOMER, now)

    # --- saving ---

    def add(self, entry: CustomerEntry, now: Micros) -> str:
        """Save a new customer and return the number as it is stored; `customer_needs_owner` without an owner (M5)."""
        with changing(self._engine, self._enterprise) as connection:
            number = self._free_number(connection, entry.number)
            self._write(connection, {number: replace(entry, number=number)}, now)
        return number

    def change(self, text: str, edit: Callable[[CustomerEntry], CustomerEntry], now: Micros) -> ImportedItem:
        """Change a customer to what `edit` makes of it, and return which fields have another value."""
        with changing(self._engine, self._enterprise) as connection:
            before = _entry(self._found(connection, [text])[0])
            after = self._renumbered(connection, before, edit(before))
            changes = field_changes(before, after)
            if changes:
                self._write(connection, {after.number: after}, now)
        return ImportedItem(ItemKind.CUSTOMER, after.number, changes)

    def import_sheet(self, sheet: Sheet[CustomerEntry], now: Micros, *, dry_run: bool = False) -> ImportResult:
        """Carry out a sheet, all of it or nothing; DirectoryFileMistake with every bad place of it."""
        with changing(self._engine, self._enterprise) as connection:
            agents = agents_by_number(connection, self._enterprise)
            refuse_problems(sheet, unknown_agents(sheet, "owner", lambda entry: entry.owner, agents))
            stored = _by_number(connection, self._enterprise, list(sheet.entries))
            present = {number: _entry(customer) for number, customer in stored.items()}
            result = table_differences(ItemKind.CUSTOMER, sheet.entries, present)
            touched = [item.key for item in (*result.added, *result.changed)]
            if not dry_run:
                self._write(connection, {key: sheet.entries[key] for key in touched}, now)
        return result

    # --- removing and bringing back ---

    def remove(self, texts: Sequence[str], author: Author) -> list[StoredCustomer]:
        """Remove customers, all of these or none, and return them; to the enterprise they are strangers again."""
        with changing(self._engine, self._enterprise) as connection:
            customers = self._found(connection, texts)
            numbers = [customer.number for customer in customers]
            keep(connection, self._enterprise, "keep_customers", author, names=numbers)
            connection.execute(query("remove_customers"), {"enterprise": self._enterprise, "names": numbers})
        return customers

    def restore(self, text: str, now: Micros) -> str:
        """Bring a removed customer back under the old id, and return the number."""
        with changing(self._engine, self._enterprise) as connection:
            number = self._free_number(connection, text)
            step = newest_step(connection, self._enterprise, UndoKind.CUSTOMER, number, now)
            connection.execute(query("restore_customers"), {"enterprise": self._enterprise, "step": step.id})
            if not _by_number(connection, self._enterprise, [number]):
                raise UserMistake("customer_owner_gone", customer=number)
            forget_step(connection, self._enterprise, step)
        return number

    # --- parts ---

    def _free_number(self, connection: Connection, text: str) -> str:
        """Return a number as it is stored; UserMistake where somebody has it."""
        number = customer_number(text, region_of(connection, self._enterprise))
        if _by_number(connection, self._enterprise, [number]):
            raise UserMistake("customer_exists", customer=number)
        return number

    def _renumbered(self, connection: Connection, before: CustomerEntry, after: CustomerEntry) -> CustomerEntry:
        """Give a customer the number that `after` has, and return it as it is stored."""
        if after.number == before.number:
            return after
        number = self._free_number(connection, after.number)
        parameters = {"enterprise": self._enterprise, "old": before.number, "new": number}
        connection.execute(query("renumber_customer"), parameters)
        return replace(after, number=number)

    def _found(self, connection: Connection, texts: Sequence[str]) -> list[StoredCustomer]:
        region = region_of(connection, self._enterprise)
        numbers = {customer_number(text, region): text for text in texts}
        customers = _by_number(connection, self._enterprise, list(numbers))
        for number, text in numbers.items():
            if number not in customers:
                self._refuse_unknown(connection, number, text)
        return [customers[number] for number in numbers]

    def _refuse_unknown(self, connection: Connection, number: str, text: str) -> NoReturn:
        parameters = {"enterprise": self._enterprise, "number": number}
        like = connection.execute(query("customer_numbers_like"), parameters).scalars()
        raise UserMistake("customer_unknown", customer=text, nearest=nearest(number, like))

    def _write(self, connection: Connection, entries: Mapping[str, CustomerEntry], now: Micros) -> None:
        """Add customers or change those who have the same number; when one was added stays."""
        agents = agents_by_number(connection, self._enterprise)
        rows = [self._row(entry, agents, now) for entry in entries.values()]
        statement = postgresql_insert(tables.customer)
        changes = {name: statement.excluded[name] for name in ("name", "owner_id", "changed_at", "priority")}
        statement = statement.on_conflict_do_update(constraint="customer_number_key", set_=changes)
        if rows:
            connection.execute(statement, rows)

    def _row(self, entry: CustomerEntry, agents: Mapping[str, Any], now: Micros) -> dict[str, Any]:
        if not entry.owner:
            raise UserMistake("customer_needs_owner")
        if entry.owner not in agents:
            raise unknown(ItemKind.AGENT, entry.owner, agents)
        return {
            "enterprise_id": self._enterprise,
            "number": entry.number,
            "name": entry.name,
            "owner_id": agents[entry.owner],
            "created_at": now,
            "changed_at": now,
            "priority": entry.priority,
        }


def customers_of(connection: Connection, enterprise: EnterpriseId, owner: str) -> list[StoredCustomer]:
    """Return the customers of one agent, by number."""
    everybody: dict[str, Any] = {"limit": None, "least_priority": 0, **number_parameters((), "")}
    return _read(connection, "customers", enterprise, owner=owner, **everybody)


def region_of(connection: Connection, enterprise: EnterpriseId) -> str:
    """Return an enterprise's region; UserMistake `enterprise_unknown`."""
    row = connection.execute(rows_of(tables.enterprise, "enterprise"), {"enterprise": enterprise}).one_or_none()
    if row is None:
        raise UserMistake("enterprise_unknown", enterprise=enterprise)
    region: str = row.region
    return region


def _by_number(
    connection: Connection, enterprise: EnterpriseId, numbers: Sequence[str]
) -> Mapping[str, StoredCustomer]:
    found = _read(connection, "customers_by_number", enterprise, numbers=list(numbers))
    return {customer.number: customer for customer in found}


def _read(connection: Connection, name: str, enterprise: EnterpriseId, **parameters: object) -> list[StoredCustomer]:
    rows = connection.execute(rows_of(tables.customer, name), {"enterprise": enterprise, **parameters})
    return [_stored(row) for row in rows]


def _stored(row: Row[Any]) -> StoredCustomer:
    return StoredCustomer(
        row.id, row.number, row.name, row.owner, row.owner_name, row.created_at, row.changed_at, row.priority
    )


def _entry(customer: StoredCustomer) -> CustomerEntry:
    return CustomerEntry(customer.number, customer.name, customer.owner, customer.priority)
