"""`fs-control schedule`: who is signed in and out by plan, and what that will come to (G1, G2, G3).

Schedules are kept in the database; a running engine carries them out and knows what came of the last time. Easy to
break: a listing works without an engine too, and then says nothing about that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.hours.wording import minute_words, weekday_words
from fs_control.face.punctuation import listed
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import given, given_or_none, refuse_no_change
from fs_control.face.words import language, print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.hours import PlannedAct
    from fs_control.records import Directory
    from fs_control.store.schedule_fields import ScheduleEntry

MOST_DAYS: Final = 366


@click.group(
    "schedule",
    cls=Group,
    examples=(
        "fs-control schedule add duty --agent 8001 --on mon-fri --sign-in 18:00 --sign-out 08:00 --terminal phone",
        "fs-control schedule next",
    ),
)
def schedule_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@schedule_group.command("list", examples=("fs-control schedule list", "fs-control schedule list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_schedules(json: bool) -> None:
    """Print the schedules."""
    with stores() as kept:
        entries = list(kept.schedules.all().values())
    if json:
        print_json({"schedules": [_plain(entry) for entry in entries]})
    elif not entries:
        say("no_schedules")
    else:
        _print_schedules(entries)


@schedule_group.command("show", examples=("fs-control schedule show duty",))
@click.argument("name", metavar="SCHEDULE")
@click.option("--json", "json", is_flag=True, cls=Option)
def show_schedule(name: str, json: bool) -> None:
    """Print one schedule, and what came of the last time where an engine runs."""
    with stores() as kept:
        entry, zone = kept.schedules.find(name), kept.time_zone
    run = next((run for run in _runs() if run["schedule"] == name), None)
    if json:
        print_json({**_plain(entry), "last_run": run})
        return
    _print_schedules([entry])
    if run is not None:
        click.echo()
        _tell_run(run, zone)


def _runs() -> list[dict[str, Any]]:
    """Return what came of the last times; nothing where no engine runs."""
    try:
        return running_engine().runs()
    except UserMistake as mistake:
        if mistake.code != "engine_not_running":
            raise
        return []


def _tell_run(run: Mapping[str, Any], zone: str) -> None:
    from fs_control.face.clock_words import local_time
    from fs_control.ids import Micros

    due = f"{local_time(Micros(run['due_at']), zone):%Y-%m-%d %H:%M}"
    say("schedule_last_run", when=due, act=words(f"planned.{run['act']}"))
    for code, agents in (("schedule_done_for", run["done"]), ("schedule_left_alone", run["left_alone"])):
        if agents:
            say(code, agents=tuple(agents))
    for refused in run["refused"]:
        say("schedule_refused_for", agent=refused["agent"], why=words(refused["code"], **refused["values"]))


@schedule_group.command("next", examples=("fs-control schedule next", "fs-control schedule next duty --days 30"))
@click.argument("names", metavar="[SCHEDULE]...", nargs=-1)
@click.option("--days", "plan_ahead", type=click.IntRange(1, MOST_DAYS), default=7, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def show_next(names: tuple[str, ...], plan_ahead: int, json: bool) -> None:
    """Print what will happen in the coming days."""
    from fs_control.hours import planned_acts
    from fs_control.ids import Micros, seconds

    with stores() as kept:
        for name in names:
            kept.schedules.find(name)
        directory, _ = kept.directory.load()
    chosen = [schedule for schedule in directory.schedules if not names or schedule.name in names]
    now = author().now
    acts = planned_acts(directory, now, Micros(now + seconds(plan_ahead * 24 * 3600)), chosen)
    if json:
        print_json({"time_zone": directory.time_zone, "acts": [_plain_act(act, directory) for act in acts]})
    elif not acts:
        say("nothing_planned", days=plan_ahead)
    else:
        _print_acts(acts, directory)


def _plain_act(act: PlannedAct, directory: Directory) -> dict[str, Any]:
    return {
        "at": act.at,
        "schedule": act.schedule.name,
        "act": act.act,
        "agents": _numbers(act, directory),
        "terminal": act.schedule.terminal,
    }


def _print_acts(acts: Iterable[PlannedAct], directory: Directory) -> None:
    from fs_control.hours import minute_shown

    rows = [
        (
            minute_words(minute_shown(directory.offsets, act.at)),
            act.schedule.name,
            words(f"planned.{act.act}"),
            " ".join(_numbers(act, directory)),
            _terminal_words(act.schedule.terminal) if act.act == "sign_in" else None,
        )
        for act in acts
    ]
    print_table(("when", "schedule", "planned_act", "agents", "terminal_kind"), rows)


def _numbers(act: PlannedAct, directory: Directory) -> list[str]:
    return [directory.agents[agent].number for agent in act.schedule.agents if agent in directory.agents]


# --- changing ------------------------------------------------------------------------------------------------------


@schedule_group.command(
    "add",
    examples=(
        "fs-control schedule add duty --agent 8001 --on mon-fri --sign-in 18:00 --sign-out 08:00 --terminal phone",
        "fs-control schedule add evening --agent 8001 --agent 8002 --calendar office --sign-out 18:30",
    ),
)
@click.argument("name", metavar="SCHEDULE")
@click.option("--agent", "plan_agents", metavar="NUMBER", multiple=True, required=True, cls=Option)
@click.option("--on", "plan_days", metavar="DAYS", cls=Option)
@click.option("--calendar", "plan_calendar", metavar="CALENDAR", cls=Option)
@click.option("--sign-in", "plan_sign_in", metavar="HH:MM", cls=Option)
@click.option("--sign-out", "plan_sign_out", metavar="HH:MM", cls=Option)
@click.option("--terminal", "plan_terminal", metavar="KIND", cls=Option)
@click.option("--enabled", "plan_enabled", metavar="yes|no", cls=Option)
def add_schedule(name: str, plan_agents: tuple[str, ...], **options: str | None) -> None:
    """Add a schedule."""
    from fs_control.store import directory_fields as read
    from fs_control.store.schedule_fields import ScheduleEntry

    fields = {**given(name=(name, read.name)), "agents": _agents(plan_agents), **_settings(**options)}
    with stores() as kept:
        kept.schedules.add(ScheduleEntry(**fields))
    say("schedule_added", schedule=name)
    tell_engine()


@schedule_group.command(
    "set",
    examples=(
        "fs-control schedule set duty --sign-out 07:30 --terminal sip",
        "fs-control schedule set duty --enabled no",
    ),
)
@click.argument("schedule", metavar="SCHEDULE")
@click.option("--name", cls=Option)
@click.option("--agent", "plan_agents", metavar="NUMBER", multiple=True, cls=Option)
@click.option("--on", "plan_days", metavar="DAYS", cls=Option)
@click.option("--calendar", "plan_calendar", metavar="CALENDAR", cls=Option)
@click.option("--sign-in", "plan_sign_in", metavar="HH:MM", cls=Option)
@click.option("--sign-out", "plan_sign_out", metavar="HH:MM", cls=Option)
@click.option("--terminal", "plan_terminal", metavar="KIND", cls=Option)
@click.option("--enabled", "plan_enabled", metavar="yes|no", cls=Option)
def set_schedule(schedule: str, name: str | None, plan_agents: tuple[str, ...], **options: str | None) -> None:
    """Change a schedule; the agents that are given are all of its agents."""
    from fs_control.store import directory_fields as read

    changes = {
        **given(name=(name, read.name)),
        **({"agents": _agents(plan_agents)} if plan_agents else {}),
        **_settings(**options),
    }
    refuse_no_change(changes)
    with stores() as kept:
        before, after = kept.schedules.change(schedule, lambda entry: replace(entry, **changes))
    _tell_change(before, after)
    tell_engine()


def _agents(numbers: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _settings(
    plan_days: str | None,
    plan_calendar: str | None,
    plan_sign_in: str | None,
    plan_sign_out: str | None,
    plan_terminal: str | None,
    plan_enabled: str | None,
) -> dict[str, Any]:
    """Read the options that `add` and `set` have in common."""
    from fs_control.store import calendar_fields, schedule_fields
    from fs_control.store import directory_fields as read

    settings = {
        **given_or_none(
            calendar=(plan_calendar, read.name),
            sign_in=(plan_sign_in, calendar_fields.clock_time),
            sign_out=(plan_sign_out, calendar_fields.clock_time),
            terminal=(plan_terminal, schedule_fields.terminal),
            days=(plan_days, schedule_fields.planned_days),
        ),
        **given(enabled=(plan_enabled, read.yes_or_no)),
    }
    if "terminal" in settings:
        settings["terminal"] = settings["terminal"] or ""
    if "days" in settings:
        days = settings.pop("days") or schedule_fields.PlannedDays()
        settings.update(weekdays=days.weekdays, dates=days.dates)
    return settings


def _tell_change(before: ScheduleEntry, after: ScheduleEntry) -> None:
    old, new = _cells(before), _cells(after)
    changes = [
        words("directory_field_changed", field=words(f"heading.{name}"), before=old[name], after=new[name])
        for name in new
        if old[name] != new[name]
    ]
    if changes:
        say("schedule_changed", schedule=after.name, changes=listed(changes, language()))
    else:
        say("schedule_already_so", schedule=after.name)


@schedule_group.command("remove", examples=("fs-control schedule remove duty", "fs-control schedule remove duty --yes"))
@click.argument("names", metavar="SCHEDULE...", nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_schedules(names: tuple[str, ...], yes: bool) -> None:
    """Remove schedules."""
    with stores() as kept:
        _print_schedules([kept.schedules.find(name) for name in names])
        be_sure(yes, "remove_schedules_really", schedules=names)
        kept.schedules.remove(names)
    say("schedules_removed", schedules=names)
    tell_engine()


# --- words ---------------------------------------------------------------------------------------------------------


def _print_schedules(entries: Iterable[ScheduleEntry]) -> None:
    cells = [_cells(entry) for entry in entries]
    print_table(tuple(cells[0]), [tuple(one.values()) for one in cells])


def _cells(entry: ScheduleEntry) -> dict[str, str | None]:
    """Return a schedule as a row of a table, by heading."""
    from fs_control.records import participation_of
    from fs_control.store.schedule_fields import days_text, time_text

    calendar = words("schedule_days_of", calendar=entry.calendar) if entry.calendar is not None else ""
    days = [text for text in (days_text(entry, weekday_words()), calendar) if text]
    return {
        "schedule": entry.name,
        "participation": words(f"participation.{participation_of(entry.sign_in, entry.sign_out)}"),
        "days": ", ".join(days) or None,
        "sign_in": time_text(entry.sign_in),
        "sign_out": _end_words(entry),
        "terminal_kind": _terminal_words(entry.terminal),
        "agents": " ".join(entry.agents) or None,
        "enabled": words("schedule_enabled" if entry.enabled else "schedule_disabled"),
    }


def _end_words(entry: ScheduleEntry) -> str | None:
    from fs_control.records import DAY_MINUTES, minutes_to_sign_out
    from fs_control.store.schedule_fields import time_text

    shown = time_text(entry.sign_out)
    ends = minutes_to_sign_out(entry.sign_in, entry.sign_out)
    return words("schedule_next_day", time=shown) if ends is not None and ends >= DAY_MINUTES else shown


def _terminal_words(terminal: str) -> str | None:
    return words(f"terminal.{terminal}") if terminal else None


def _plain(entry: ScheduleEntry) -> dict[str, Any]:
    from fs_control.records import participation_of
    from fs_control.store.calendar_entries import WEEKDAYS
    from fs_control.store.schedule_fields import time_text

    return {
        "name": entry.name,
        "participation": participation_of(entry.sign_in, entry.sign_out),
        "agents": list(entry.agents),
        "weekdays": [WEEKDAYS[weekday - 1] for weekday in entry.weekdays],
        "dates": [str(day) for day in entry.dates],
        "calendar": entry.calendar,
        "sign_in": time_text(entry.sign_in),
        "sign_out": time_text(entry.sign_out),
        "terminal": entry.terminal,
        "enabled": entry.enabled,
    }
