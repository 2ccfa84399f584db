"""A directory file (YAML or CSV) as a plan, with every bad line named.

Pure: text in, plan out; it opens no file and asks no database. What a file refers to is judged later, against what
is configured already (`directory_check`). Easy to break: reading never stops at a mistake, so that one run of the
import shows them all, and an entry with a bad cell still counts as named, so that no mistake breeds others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from fs_control.errors import UserMistake
from fs_control.store import agent_fields, calendar_fields, group_fields, terminal_fields
from fs_control.store import directory_fields as read
from fs_control.store.calendar_entries import CalendarEntry
from fs_control.store.directory_check import nearest
from fs_control.store.directory_csv import read_csv, read_sheet
from fs_control.store.directory_entries import Cell, Entry, Problems
from fs_control.store.directory_plan import (
    AgentEntry,
    DirectoryPlan,
    GroupEntry,
    ItemKind,
    MemberEntry,
    NumberEntry,
    Path,
    Place,
)
from fs_control.store.directory_yaml import read_yaml
from fs_control.store.public_holidays import read_region

LARGEST_FILE: Final = 5_000_000
"""Bytes; about 100,000 agents, and far less than a slip of the hand such as a recording."""

_FORMS: Final[dict[str, Callable[[str, Problems], list[Entry]]]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".csv": read_csv,
}

_Value = TypeVar("_Value")

_GROUP_SETTINGS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "strategy": ("strategy", read.strategy),
    "ring_s": ("ring", read.ring_seconds),
    "returning_customer": ("returning_customer", read.yes_or_no),
    "colleague": ("colleague", group_fields.colleague),
    "own_agent_wait_s": ("own_agent_wait", group_fields.own_agent_wait),
    "own_agent_ask": ("own_agent_ask", read.yes_or_no),
    "announce_every_s": ("announce_every", group_fields.announce_every),
    "announce_estimate": ("announce_estimate", read.yes_or_no),
    "max_waiting": ("max_waiting", group_fields.max_waiting),
    "overflow": ("overflow", group_fields.overflow),
    "whisper": ("whisper", read.name),
    "wrap_up_s": ("wrap_up", agent_fields.wrap_up),
}
"""Field of a group's entry -> the cell that gives it, and how it is read."""

_AGENT_SETTINGS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "phone": ("phone", read.extension),
    "wrap_up_s": ("wrap_up", agent_fields.wrap_up),
    "starts_on_break": ("starts", agent_fields.starts),
    "softphone": ("softphone", read.extension),
    "ordinary_phone": ("ordinary_phone", terminal_fields.outside_number),
    "app": ("app", read.extension),
    "default_terminal": ("default_terminal", terminal_fields.terminal_kind),
    "extension": ("extension", terminal_fields.internal_number),
    "divert_to": ("divert_to", terminal_fields.outside_number),
    "diverts": ("diverts", read.yes_or_no),
    "rights": ("rights", terminal_fields.rights),
}
"""The same of an agent's entry."""

_CALENDAR_SETTINGS: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "time_zone": ("time_zone", read.name),
    "public_holidays": ("public_holidays", read_region),
    "hours": ("hours", calendar_fields.week_hours),
    "special": ("special", calendar_fields.special_days),
    "holidays": ("holidays", calendar_fields.own_holidays),
    "working_days": ("working_days", calendar_fields.working_days),
}
"""The same of a calendar's entry."""


def decode_directory_file(data: bytes) -> str:
    """Return a file's text: UTF-8 with or without BOM, else GB18030, in which Chinese spreadsheets save CSV.

    Raises UserMistake `directory_file_too_large` or `directory_file_not_text`.
    """
    if len(data) > LARGEST_FILE:
        raise UserMistake("directory_file_too_large", size=len(data), most=LARGEST_FILE)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserMistake("directory_file_not_text")


def parse_directory(text: str, file: str) -> DirectoryPlan:
    """Read a directory file; `file` is its name, whose ending tells the form. What is wrong is in `plan.problems`.

    Raises UserMistake `directory_file_form_unknown` for another ending than .yaml, .yml, .csv.
    """
    ending = "." + file.lower().rpartition(".")[2]
    if ending not in _FORMS:
        raise UserMistake(
            "directory_file_form_unknown", file=file, nearest=nearest(ending, _FORMS), valid=tuple(_FORMS)
        )
    builder = _PlanBuilder(Problems(file))
    for entry in _FORMS[ending](text, builder.problems):
        builder.add(entry)
    return builder.plan()


def parse_sheet(kind: ItemKind, text: str, file: str) -> DirectoryPlan:
    """Read a CSV sheet of agents, groups or numbers alone; `file` is its name. What is wrong is in `plan.problems`."""
    builder = _PlanBuilder(Problems(file))
    for entry in read_sheet(kind, text, builder.problems):
        builder.add(entry)
    return builder.plan()


class _PlanBuilder:
    """Reads entries one after the other into the parts of a plan."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._enterprise: dict[str, str | int | float | None] = {}
        self._phones: set[str] = set()
        self._agents: dict[str, AgentEntry] = {}
        self._groups: dict[str, GroupEntry] = {}
        self._numbers: dict[str, NumberEntry] = {}
        self._calendars: dict[str, CalendarEntry] = {}
        self._places: dict[Path, Place] = {}
        self._first: dict[tuple[ItemKind, str], Place] = {}

    def add(self, entry: Entry) -> None:
        """Read one entry."""
        match entry.kind:
            case ItemKind.ENTERPRISE:
                self._add_enterprise(entry)
            case ItemKind.PHONE:
                self._add_phone(entry)
            case ItemKind.AGENT:
                self._add_agent(entry)
            case ItemKind.GROUP:
                self._add_group(entry)
            case ItemKind.NUMBER:
                self._add_number(entry)
            case ItemKind.CALENDAR:
                self._add_calendar(entry)

    def plan(self) -> DirectoryPlan:
        """Return what was read; a file that asks for nothing and has no other problem is one."""
        if not self._first and not self.problems.found:
            self.problems.add(Place(1, 1), "directory_file_empty")
        return DirectoryPlan(
            file=self.problems.file,
            enterprise=self._enterprise,
            phones=frozenset(self._phones),
            agents=self._agents,
            groups=self._groups,
            numbers=self._numbers,
            places=self._places,
            problems=tuple(self.problems.found),
            calendars=self._calendars,
        )

    def _add_enterprise(self, entry: Entry) -> None:
        readers: dict[str, Callable[[str], str]] = {
            "name": read.name,
            "time_zone": read.name,
            "language": read.language,
            "region": read.region,
        }
        if self._is_first(entry, ""):
            found: dict[str, str | int | float | None] = {
                **{field: self._optional(entry, field, reader) for field, reader in readers.items()},
                "memory_valid_s": self._optional(entry, "memory_valid", read.memory_seconds),
                "wrap_up_s": self._optional(entry, "wrap_up", agent_fields.wrap_up),
                "starts_on_break": self._optional(entry, "starts", agent_fields.starts),
                "default_terminal": self._optional(entry, "default_terminal", terminal_fields.terminal_kind),
                "diverts": self._optional(entry, "diverts", read.yes_or_no),
            }
            self._enterprise = {field: value for field, value in found.items() if value is not None}

    def _add_phone(self, entry: Entry) -> None:
        phone = self._required(entry, "phone", read.extension)
        if phone is not None and self._is_first(entry, phone):
            self._phones.add(phone)

    def _add_agent(self, entry: Entry) -> None:
        number = self._required(entry, "number", read.agent_number)
        name = self._required(entry, "name", read.name)
        settings = self._given(entry, _AGENT_SETTINGS)
        if number is not None and self._is_first(entry, number):
            self._agents[number] = AgentEntry(number, name or "", **settings)

    def _add_group(self, entry: Entry) -> None:
        name = self._required(entry, "name", read.name)
        settings = self._given(entry, _GROUP_SETTINGS)
        if name is not None and self._is_first(entry, name):
            self._groups[name] = GroupEntry(name, members=self._members(name, entry.members), **settings)

    def _given(self, entry: Entry, readers: Mapping[str, tuple[str, Callable[[str], Any]]]) -> dict[str, Any]:
        """Return the fields that an entry gives and that can be read; all others have their defaults."""
        found = {field: self._optional(entry, cell, reader) for field, (cell, reader) in readers.items()}
        return {field: value for field, value in found.items() if value is not None}

    def _members(self, group: str, cells: tuple[Cell, ...]) -> tuple[MemberEntry, ...]:
        members: dict[str, MemberEntry] = {}
        for cell in cells:
            member = self._value(cell, "members", read.member)
            if member is None:
                continue
            if member.number in members:
                self.problems.add(cell.place, "member_twice", group=group, number=member.number)
                continue
            self._places[ItemKind.GROUP, group, "members", len(members)] = cell.place
            members[member.number] = member
        return tuple(members.values())

    def _add_number(self, entry: Entry) -> None:
        number = self._required(entry, "number", read.service_number)
        flow = self._optional(entry, "flow", read.name)
        max_calls = self._optional(entry, "max_calls", read.call_count)
        takes_memory = self._optional(entry, "takes_memory", read.yes_or_no) or False
        memory_valid_s = self._optional(entry, "memory_valid", read.memory_seconds)
        absent_flow = self._optional(entry, "absent_flow", read.name)
        if number is not None and self._is_first(entry, number):
            self._numbers[number] = NumberEntry(number, flow, max_calls, takes_memory, memory_valid_s, absent_flow)

    def _add_calendar(self, entry: Entry) -> None:
        name = self._required(entry, "name", read.name)
        settings = self._given(entry, _CALENDAR_SETTINGS)
        if "hours" in entry.cells and "hours" not in settings:
            settings.pop("working_days", None)  # judged by the hours, which could not be read
        if name is not None and self._is_first(entry, name):
            self._calendars[name] = CalendarEntry(name, **settings)

    def _is_first(self, entry: Entry, key: str) -> bool:
        """Remember where a thing is written; a second time it is refused."""
        first = self._first.setdefault((entry.kind, key), entry.place)
        if first is not entry.place:
            self.problems.add(entry.place, "written_twice", kind=entry.kind, key=key, first_line=first.line)
            return False
        for field, cell in entry.cells.items():
            self._places[entry.kind, key, field, 0] = cell.place
        return True

    def _required(self, entry: Entry, field: str, reader: Callable[[str], _Value]) -> _Value | None:
        if field not in entry.cells:
            self.problems.add(entry.place, "field_missing", kind=entry.kind, field=field)
        return self._optional(entry, field, reader)

    def _optional(self, entry: Entry, field: str, reader: Callable[[str], _Value]) -> _Value | None:
        cell = entry.cells.get(field)
        return None if cell is None else self._value(cell, field, reader)

    def _value(self, cell: Cell, field: str, reader: Callable[[str], _Value]) -> _Value | None:
        try:
            return reader(cell.text)
        except UserMistake as mistake:
            self.problems.add(cell.place, mistake.code, field=field, **mistake.values)
            return None
