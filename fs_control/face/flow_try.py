"""`fs-control flow try`: a call through a flow, without a telephone, told as a story.

It is the dry run of `centre.rehearsal` in the office of the database, or with `--offline` in one that is made up from
what the flow names. Nothing is written anywhere, and nothing rings.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Command, Option
from fs_control.face.options import load_settings
from fs_control.face.trying.case import (
    Case,
    read_agents,
    read_calendar,
    read_customer,
    read_dial,
    read_http,
    read_keys,
    read_pairs,
)
from fs_control.face.trying.mistakes import mistakes_named
from fs_control.face.trying.office import Office
from fs_control.face.words import console, print_json


@click.command(
    "try",
    cls=Command,
    examples=(
        'fs-control flow try main --from 13800138000 --at "2026-05-01 10:00" --keys 1',
        "fs-control flow try ivr_flows/main.yaml --offline --keys wait,9,2 --agent 8001=busy",
        "fs-control flow try main --all-paths",
    ),
)
@click.argument("flow")
@click.option("--from", "try_from", default=Case().caller, show_default=True, cls=Option)
@click.option("--at", "try_at", cls=Option)
@click.option("--keys", "try_keys", default="", cls=Option)
@click.option("--number", "try_number", cls=Option)
@click.option("--agent", "try_agent", multiple=True, cls=Option)
@click.option("--http", "try_http", multiple=True, cls=Option)
@click.option("--calendar", "try_calendar", multiple=True, cls=Option)
@click.option("--customer", "try_customer", cls=Option)
@click.option("--message", "try_message", type=click.FloatRange(0, 600), cls=Option)
@click.option("--dial", "try_dial", default=Case().dial, show_default=True, cls=Option)
@click.option("--hang-up-after", "try_hang_up_after", type=click.FloatRange(0, 86400), cls=Option)
@click.option("--offline", "try_offline", is_flag=True, cls=Option)
@click.option("--all-paths", "try_all_paths", is_flag=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def try_flow(flow: str, try_offline: bool, try_all_paths: bool, json: bool, **said: Any) -> None:
    """Let somebody call, and tell what happens."""
    case = _case(**said)
    with mistakes_named(), _office(flow, case, try_offline) as (name, office):
        if try_all_paths:
            _tell_paths(name, office, json=json)
        else:
            _tell_call(case, name, office, json=json)


def _case(
    try_from: str,
    try_at: str | None,
    try_keys: str,
    try_number: str | None,
    try_agent: tuple[str, ...],
    try_http: tuple[str, ...],
    try_calendar: tuple[str, ...],
    try_customer: str | None,
    try_message: float | None,
    try_dial: str,
    try_hang_up_after: float | None,
) -> Case:
    """Read what was said on the command line."""
    return Case(
        caller=try_from,
        at=try_at,
        number=try_number,
        keys=read_keys(try_keys.split(",")) if try_keys else (),
        agents=read_agents(read_pairs(try_agent)),
        http=tuple(map(read_http, try_http)),
        calendars={name: read_calendar(how) for name, how in read_pairs(try_calendar)},
        customer=None if try_customer is None else read_customer(read_pairs(try_customer.split(","))),
        message_s=try_message,
        dial=read_dial(try_dial),
        hang_up_after_s=try_hang_up_after,
    )


@contextmanager
def _office(flow: str, case: Case, offline: bool) -> Iterator[tuple[str, Office]]:
    """Give the block the flow's name and the office to try it in: a file's flow takes the place of the active one."""
    from fs_control.face.trying.sources import (
        SUFFIX,
        is_file,
        office_of_database,
        office_of_files,
        with_flows_beside,
    )

    path = Path(flow) if is_file(flow) else Path(load_settings().flows) / (flow + SUFFIX)
    if offline:
        yield path.stem, office_of_files(with_flows_beside(path), [case])
        return
    with office_of_database() as office:
        if is_file(flow):
            read = with_flows_beside(path)
            yield path.stem, office.with_flows(read.texts, read.files)
        elif flow in {each.name for each in office.flows}:
            yield flow, office
        else:
            raise UserMistake("try_flow_not_active", flow=flow, file=str(path))


def _tell_call(case: Case, flow: str, office: Office, *, json: bool) -> None:
    from fs_control.face.story_book import story_book
    from fs_control.face.trying.page import plain_played, print_played
    from fs_control.face.trying.play import play_case
    from fs_control.runtime.clock import WallClock

    played = play_case(case, flow, office, WallClock().now())
    book = story_book(played.directory, office.flows)
    if json:
        print_json(plain_played(played, book))
    else:
        print_played(console(), played, book)


def _tell_paths(flow: str, office: Office, *, json: bool) -> None:
    from fs_control.face.trying.paths import walk_paths
    from fs_control.face.trying.paths_page import plain_walk, print_walk
    from fs_control.face.trying.play import read_library
    from fs_control.face.words import progress

    library = read_library(office, flow)
    with progress("progress.paths"):
        walk = walk_paths(library, flow)
    if json:
        print_json(plain_walk(walk))
    else:
        print_walk(walk, flow)
