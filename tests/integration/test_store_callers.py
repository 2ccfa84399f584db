"""What is known of a caller: customer, call memory, last talk; by the enterprise, by the number, to the second."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from fs_control.cdr import close_record, enter_segment, open_record
from fs_control.ids import (
    DEFAULT_ENTERPRISE,
    SECOND,
    AgentId,
    CallId,
    EnterpriseId,
    GroupId,
    LegId,
    Micros,
    parse_phone_number,
    seconds,
)
from fs_control.records import (
    CallerFacts,
    EndedBy,
    LastTalk,
    MemoryStanding,
    SegmentKind,
)
from fs_control.store.call_records import PostgresRecordStore
from fs_control.store.callers import PostgresCallerStore
from fs_control.store.customer_sheet import CustomerEntry
from fs_control.store.customers import PostgresCustomerStore
from fs_control.store.directory import PostgresDirectoryStore
from fs_control.store.directory_file import parse_directory
from fs_control.store.directory_plan import ItemKind
from fs_control.store.memories import PostgresMemoryStore
from fs_control.store.memory_sheet import MemoryEntry
from fs_control.store.queries import query
from fs_control.store.removals import PostgresRemovals
from fs_control.store.undo_steps import Author

OTHER = EnterpriseId("other")
CALLER = parse_phone_number("013800138000")
DIALLED = Micros(1_800_000_000 * SECOND)
DAYS_30, HOUR = seconds(30 * 24 * 3600), seconds(3600)


@pytest.fixture
def callers(database: Engine) -> PostgresCallerStore:
    return PostgresCallerStore(database, DEFAULT_ENTERPRISE)


def agent(database: Engine, number: str, enterprise: EnterpriseId = DEFAULT_ENTERPRISE) -> AgentId:
    agents = PostgresDirectoryStore(database, enterprise).load()[0].agents.values()
    return next(one.id for one in agents if one.number == number)


def save(database: Engine, owner: str, enterprise: EnterpriseId = DEFAULT_ENTERPRISE) -> None:
    PostgresCustomerStore(database, enterprise).add(CustomerEntry("+86 138 0013 8000", "张伟", owner), DIALLED)


def remember(database: Engine, by: str = "8002") -> None:
    entry = MemoryEntry("13800138000", by, "4001", DIALLED)
    PostgresMemoryStore(database, DEFAULT_ENTERPRISE).remember(entry)


def talk(database: Engine, call: str, agent: AgentId, started: int) -> Micros:
    """Store a call in which an agent talked for ten seconds, and return when the talk ended."""
    at = Micros(DIALLED + started * SECOND)
    over = Micros(at + 10 * SECOND)
    record = open_record(CallId(call), DEFAULT_ENTERPRISE, LegId(call), "4001", CALLER, "", at)
    record = enter_segment(record, SegmentKind.TALK, at, EndedBy.AGENT, "answered", group=GroupId(1), agent=agent)
    PostgresRecordStore(database, DEFAULT_ENTERPRISE).store(
        [close_record(record, over, EndedBy.CALLER, "NORMAL", None)]
    )
    return over


def test_of_a_stranger_nothing_is_known(callers: PostgresCallerStore) -> None:
    facts = callers.look_up(CALLER, "4001", DIALLED)
    assert facts == CallerFacts()
    assert facts.is_stranger


def test_M6_a_saved_customer_is_found_with_the_owner(database: Engine, callers: PostgresCallerStore) -> None:
    """Second and later calls of a saved customer go to the owner first: the look-up names the owner."""
    save(database, "8001")
    customer = callers.look_up(CALLER, "4003", DIALLED).customer
    assert customer is not None
    assert (customer.name, customer.number, customer.owner) == ("张伟", "+8613800138000", agent(database, "8001"))


def test_N8_a_vip_is_known_by_the_look_up(database: Engine, callers: PostgresCallerStore) -> None:
    """VIP moves up the queue: the look-up says how far."""
    entry = CustomerEntry("13800138000", "张伟", "8001", priority=3)
    PostgresCustomerStore(database, DEFAULT_ENTERPRISE).add(entry, DIALLED)
    customer = callers.look_up(CALLER, "4001", DIALLED).customer
    assert customer is not None
    assert customer.priority == 3


@pytest.mark.parametrize("written", ["13800138000", "+8613800138000", "008613800138000", "86138-0013-8000"])
def test_every_written_form_of_a_number_is_the_same_customer(
    database: Engine, callers: PostgresCallerStore, written: str
) -> None:
    save(database, "8001")
    assert not callers.look_up(parse_phone_number(written), "4001", DIALLED).is_stranger


@pytest.mark.parametrize("raw", ["", "anonymous"])
def test_a_caller_without_a_number_is_a_stranger(database: Engine, callers: PostgresCallerStore, raw: str) -> None:
    save(database, "8001")
    assert callers.look_up(parse_phone_number(raw), "4001", DIALLED) == CallerFacts()


def test_M10_a_customer_of_another_enterprise_is_a_stranger(database: Engine, callers: PostgresCallerStore) -> None:
    """A number saved by any agent of the tenant is not a stranger; a number saved by another tenant is."""
    theirs = parse_directory("agents: [{number: 8001, name: theirs}]\nnumbers: [{number: 5001}]", "x.yaml")
    PostgresDirectoryStore(database, OTHER).import_directory(theirs)
    save(database, "8001", OTHER)
    assert callers.look_up(CALLER, "4001", DIALLED).is_stranger
    assert not PostgresCallerStore(database, OTHER).look_up(CALLER, "5001", DIALLED).is_stranger
    save(database, "8003")
    ours = callers.look_up(CALLER, "4001", DIALLED).customer
    assert ours is not None
    assert ours.owner == agent(database, "8003")


@pytest.mark.parametrize(("number", "valid"), [("4001", DAYS_30), ("4002", HOUR)])
def test_M2_a_memory_counts_up_to_its_expiry(
    database: Engine, callers: PostgresCallerStore, number: str, valid: Micros
) -> None:
    """One second before expiry -> B; one second after -> normal queue; the expiry is named."""
    remember(database)
    expiry = Micros(DIALLED + valid)

    def at(second: int) -> MemoryStanding:
        memory = callers.look_up(CALLER, number, Micros(expiry + second * SECOND)).memory
        assert memory is not None
        assert (memory.agent, memory.expires_at) == (agent(database, "8002"), expiry)
        return memory.standing

    assert [at(-1), at(0), at(1)] == [MemoryStanding.VALID, MemoryStanding.EXPIRED, MemoryStanding.EXPIRED]


def test_M4_a_number_that_takes_no_part_says_so(database: Engine, callers: PostgresCallerStore) -> None:
    """Same customer, number A (selected) -> B; number C (not selected) -> queue."""
    remember(database)
    standings = [memory.standing for number in ("4001", "4003", "9999") if (memory := look(callers, number).memory)]
    no_part = MemoryStanding.NUMBER_TAKES_NO_PART
    assert standings == [MemoryStanding.VALID, no_part, no_part]


def look(callers: PostgresCallerStore, number: str) -> CallerFacts:
    return callers.look_up(CALLER, number, DIALLED)


def test_M1_who_dialled_last_is_remembered(database: Engine, callers: PostgresCallerStore) -> None:
    """A call binds the customer to the agent who dialled it."""
    remember(database, "8002")
    remember(database, "8001")
    memory = look(callers, "4001").memory
    assert memory is not None
    assert (memory.agent, memory.remembered_at) == (agent(database, "8001"), DIALLED)


def test_the_last_talk_is_that_of_the_newest_call(database: Engine, callers: PostgresCallerStore) -> None:
    first, second = agent(database, "8001"), agent(database, "8002")
    later = talk(database, "second", second, 100)
    talk(database, "first", first, 0)
    assert callers.look_up(CALLER, "4001", later).last_talk == LastTalk(second, later)
    assert PostgresCallerStore(database, OTHER).look_up(CALLER, "4001", later).last_talk is None


def test_a_talk_with_an_agent_who_is_gone_leads_nowhere(database: Engine, callers: PostgresCallerStore) -> None:
    first, second = agent(database, "8001"), agent(database, "8002")
    over = talk(database, "first", first, 0)
    later = talk(database, "second", second, 100)
    PostgresRemovals(database, DEFAULT_ENTERPRISE).remove(ItemKind.AGENT, ["8002"], Author("test", DIALLED))
    assert callers.look_up(CALLER, "4001", later).last_talk == LastTalk(first, over)


def test_a_look_up_reads_no_table_from_end_to_end(database: Engine) -> None:
    """Every table that grows with customers and calls is reached by an index."""
    parameters = {"enterprise": "default", "caller": "+8613800138000", "service_number": "4001"}
    with database.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        statement = text("EXPLAIN " + query("caller_facts").text).bindparams(**parameters)
        plan = "\n".join(connection.execute(statement).scalars())
    for table in ("customer", "memory", "service_number", "call", "call_segment"):
        assert f"Seq Scan on {table}\n" not in plan
        assert f"Seq Scan on {table} " not in plan
    assert "call_caller_idx" in plan
