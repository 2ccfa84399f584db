"""A directory file against what is configured already: what it refers to wrongly, and what it would change.

Pure: it compares values and touches nothing. Easy to break: a reference may point to a thing in the file or to one
configured earlier, so it is judged against both together, as they would be after the import.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any

from fs_control.store.calendar_check import mistakes_of
from fs_control.store.directory_plan import (
    Configured,
    DirectoryPlan,
    FieldChange,
    FileProblem,
    ImportedItem,
    ImportResult,
    ItemKind,
    Place,
)


def nearest(text: str, valid: Iterable[str]) -> str | None:
    """Return the valid name that `text` most likely meant, or None when nothing is close."""
    matches = get_close_matches(text, list(valid), n=1, cutoff=0.6)
    return matches[0] if matches else None


# --- what is wrong -------------------------------------------------------------------------------------------------


def reference_problems(
    plan: DirectoryPlan,
    configured: Configured,
    time_zones: Collection[str],
    numbers_of_others: Collection[str],
    prompts: Collection[str] = (),
) -> tuple[FileProblem, ...]:
    """Return what is wrong with a file that reads well by itself.

    `time_zones` and `prompts`: the names that exist; `numbers_of_others`: service numbers that other enterprises have.
    """
    return (
        *_unknown_time_zone(plan, time_zones),
        *_unknown_members(plan, configured),
        *_shared_phones(plan, configured),
        *_numbers_of_others(plan, numbers_of_others),
        *_wrong_overflows(plan, configured),
        *_unknown_whispers(plan, prompts),
        *_wrong_calendars(plan, time_zones),
        *_shared_extensions(plan, configured),
        *_unusable_terminals(plan),
    )


def _unknown_time_zone(plan: DirectoryPlan, time_zones: Collection[str]) -> Iterator[FileProblem]:
    zone = plan.enterprise.get("time_zone")
    if isinstance(zone, str) and zone not in time_zones:
        place = plan.place_of(ItemKind.ENTERPRISE, "", "time_zone")
        yield _problem(plan, place, "time_zone_unknown", text=zone, nearest=nearest(zone, time_zones))


def _unknown_members(plan: DirectoryPlan, configured: Configured) -> Iterator[FileProblem]:
    known = plan.agents.keys() | configured.agents.keys()
    for group in plan.groups.values():
        for index, member in enumerate(group.members):
            if member.number not in known:
                place = plan.place_of(ItemKind.GROUP, group.name, "members", index)
                meant = nearest(member.number, known)
                yield _problem(plan, place, "member_unknown", group=group.name, number=member.number, nearest=meant)


def _shared_phones(plan: DirectoryPlan, configured: Configured) -> Iterator[FileProblem]:
    """Name each agent of the file whose phone another agent has; agents outside the file keep theirs."""
    holders = {
        code: agent.number
        for agent in configured.agents.values()
        if agent.number not in plan.agents
        for code in agent.registered_codes.values()
    }
    for agent in plan.agents.values():
        for field, code in agent.registered_codes.items():
            holder = holders.setdefault(code, agent.number)
            if holder != agent.number:
                place = plan.place_of(ItemKind.AGENT, agent.number, field)
                yield _problem(plan, place, "phone_of_two_agents", phone=code, number=agent.number, other=holder)


def _shared_extensions(plan: DirectoryPlan, configured: Configured) -> Iterator[FileProblem]:
    """Name each agent of the file whose number for colleagues leads to somebody else as well."""
    after = {**configured.agents, **plan.agents}
    numbers = {number: number for number in after}
    holders: dict[str, str] = {}
    for agent in sorted(after.values(), key=lambda one: one.number in plan.agents):
        extension = agent.extension
        if extension is None:
            continue
        other = numbers.get(extension, agent.number)
        if other == agent.number:
            other = holders.setdefault(extension, agent.number)
        if other != agent.number:
            blamed, field = (agent, "extension") if agent.number in plan.agents else (after[other], "number")
            place = plan.place_of(ItemKind.AGENT, blamed.number, field)
            values = {"extension": extension, "number": agent.number, "other": other}
            yield _problem(plan, place, "extension_of_two_agents", **values)


def _unusable_terminals(plan: DirectoryPlan) -> Iterator[FileProblem]:
    """Name each agent of the file whose default is a terminal that they do not have, or who diverts to nowhere."""
    for agent in plan.agents.values():
        if agent.default_terminal is not None and agent.default_terminal not in agent.kinds:
            place = plan.place_of(ItemKind.AGENT, agent.number, "default_terminal")
            yield _problem(plan, place, "default_terminal_missing", number=agent.number, kind=agent.default_terminal)
        if agent.diverts and agent.divert_to is None:
            place = plan.place_of(ItemKind.AGENT, agent.number, "diverts")
            yield _problem(plan, place, "diverts_to_nowhere", number=agent.number)


def _numbers_of_others(plan: DirectoryPlan, numbers_of_others: Collection[str]) -> Iterator[FileProblem]:
    for number in plan.numbers:
        if number in numbers_of_others:
            place = plan.place_of(ItemKind.NUMBER, number, "number")
            yield _problem(plan, place, "number_of_other_enterprise", number=number)


def _wrong_overflows(plan: DirectoryPlan, configured: Configured) -> Iterator[FileProblem]:
    known = plan.groups.keys() | configured.groups.keys()
    for group in plan.groups.values():
        place = plan.place_of(ItemKind.GROUP, group.name, "overflow")
        for helper in (one.group for one in group.overflow):
            if helper == group.name:
                yield _problem(plan, place, "overflow_to_itself", group=group.name)
            elif helper not in known:
                meant = nearest(helper, known - {group.name})
                yield _problem(plan, place, "overflow_unknown", group=group.name, helper=helper, nearest=meant)


def _unknown_whispers(plan: DirectoryPlan, prompts: Collection[str]) -> Iterator[FileProblem]:
    for group in plan.groups.values():
        if group.whisper is not None and group.whisper not in prompts:
            place = plan.place_of(ItemKind.GROUP, group.name, "whisper")
            meant = nearest(group.whisper, prompts)
            yield _problem(plan, place, "whisper_unknown", group=group.name, prompt=group.whisper, nearest=meant)


def _wrong_calendars(plan: DirectoryPlan, time_zones: Collection[str]) -> Iterator[FileProblem]:
    for entry in plan.calendars.values():
        zone = entry.time_zone
        if zone is not None and zone not in time_zones:
            place = plan.place_of(ItemKind.CALENDAR, entry.name, "time_zone")
            yield _problem(plan, place, "time_zone_unknown", text=zone, nearest=nearest(zone, time_zones))
        for mistake in mistakes_of(entry):
            place = plan.place_of(ItemKind.CALENDAR, entry.name, mistake.field)
            yield FileProblem(plan.file, place, mistake.code, mistake.values)


def _problem(plan: DirectoryPlan, place: Place, code: str, **values: object) -> FileProblem:
    return FileProblem(plan.file, place, code, values)


# --- what would change ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phone:
    extension: str


def differences(plan: DirectoryPlan, configured: Configured) -> ImportResult:
    """Return what an import of the plan adds, changes and leaves alone, in the order of the file's kinds."""
    settings: Mapping[str, Any] = plan.enterprise
    enterprise = {"": replace(configured.enterprise, **settings)} if settings else {}
    sorted_items = [
        *_compare(ItemKind.ENTERPRISE, enterprise, {"": configured.enterprise}),
        *_compare(ItemKind.PHONE, _phones(plan.all_phones()), _phones(configured.phones)),
        *_compare(ItemKind.AGENT, plan.agents, configured.agents),
        *_compare(ItemKind.GROUP, plan.groups, configured.groups),
        *_compare(ItemKind.NUMBER, plan.numbers, configured.numbers),
        *_compare(ItemKind.CALENDAR, plan.calendars, configured.calendars),
    ]
    return _result(sorted_items)


def table_differences(kind: ItemKind, wanted: Mapping[str, Any], present: Mapping[str, Any]) -> ImportResult:
    """Return what an import of things of one kind adds, changes and leaves alone."""
    return _result(list(_compare(kind, wanted, present)))


def _result(sorted_items: Sequence[tuple[ImportedItem, bool]]) -> ImportResult:
    return ImportResult(
        added=tuple(item for item, is_new in sorted_items if is_new),
        changed=tuple(item for item, is_new in sorted_items if item.changes),
        unchanged=tuple(item for item, is_new in sorted_items if not is_new and not item.changes),
    )


def _phones(extensions: Iterable[str]) -> Mapping[str, _Phone]:
    return {extension: _Phone(extension) for extension in sorted(extensions)}


def _compare(
    kind: ItemKind, wanted: Mapping[str, Any], present: Mapping[str, Any]
) -> Iterator[tuple[ImportedItem, bool]]:
    """Yield each wanted thing with its changes, and whether it is new."""
    for key, after in wanted.items():
        before = present.get(key)
        yield ImportedItem(kind, key, () if before is None else field_changes(before, after)), before is None


def field_changes(before: Any, after: Any) -> tuple[FieldChange, ...]:
    """Return the fields in which two entries of one kind differ."""
    pairs = [(one.name, getattr(before, one.name), getattr(after, one.name)) for one in fields(after)]
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)
