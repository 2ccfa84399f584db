"""Callers in memory: a `CallerStore` in which a test saves customers and lets agents have dialled and talked.

It judges a memory as the database does, by the settings of the service number. Easy to break: callers are found by
what all written forms of their number share.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fs_control.ids import AgentId, CustomerId, Micros, PhoneNumber, parse_phone_number, seconds
from fs_control.records import CallerFacts, CallMemory, LastTalk, MemoryStanding, SavedCustomer, ServiceNumber


@dataclass
class MemoryCallers:
    """What is known of callers; `fault` is what a look-up meets."""

    numbers: Iterable[ServiceNumber] = ()
    valid_s: int = 30 * 24 * 3600
    fault: Exception | None = None
    _customers: dict[str | None, SavedCustomer] = field(default_factory=dict)
    _memories: dict[str | None, LastTalk] = field(default_factory=dict)
    _talks: dict[str | None, LastTalk] = field(default_factory=dict)

    def save(self, caller: str, owner: int, name: str = "", priority: int = 0) -> None:
        """Make a caller an agent's customer."""
        number = parse_phone_number(caller)
        customer = CustomerId(len(self._customers) + 1)
        saved = SavedCustomer(customer, number.key or caller, name, AgentId(owner), priority)
        self._customers[number.key] = saved

    def remember(self, caller: str, agent: int, at: Micros) -> None:
        """Let an agent have dialled a caller."""
        self._memories[parse_phone_number(caller).key] = LastTalk(AgentId(agent), at)

    def talked(self, caller: str, agent: int, at: Micros) -> None:
        """Let an agent have talked with a caller."""
        self._talks[parse_phone_number(caller).key] = LastTalk(AgentId(agent), at)

    def look_up(self, caller: PhoneNumber, number: str, now: Micros) -> CallerFacts:
        """Return what is known of a caller, or raise the fault."""
        if self.fault is not None:
            raise self.fault
        memory = self._memory(caller.key, number, now)
        return CallerFacts(self._customers.get(caller.key), memory, self._talks.get(caller.key))

    def _memory(self, key: str | None, number: str, now: Micros) -> CallMemory | None:
        dialled = self._memories.get(key)
        if dialled is None:
            return None
        called = next((each for each in self.numbers if each.number == number), ServiceNumber(number, None))
        valid_s = called.memory_valid_s if called.memory_valid_s is not None else self.valid_s
        expires_at = Micros(dialled.ended_at + seconds(valid_s))
        standing = MemoryStanding.VALID if now < expires_at else MemoryStanding.EXPIRED
        if not called.takes_memory:
            standing = MemoryStanding.NUMBER_TAKES_NO_PART
        return CallMemory(dialled.agent, dialled.ended_at, expires_at, standing)
