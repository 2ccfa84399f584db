"""`fs-control enterprise`: the settings of the whole enterprise, and what counts for agents without a value (A26).

Easy to break: a default that is taken away is no zero; what is built in counts then, and is shown as that.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import click

from fs_control.agents import Source, first_given
from fs_control.face.agent_settings import desk_options, desk_settings, terminal_settings, value_words
from fs_control.face.agent_terminals import shared_terminal_options, shared_terminal_settings
from fs_control.face.click_words import Group, Option
from fs_control.face.importing import show_change
from fs_control.face.stores import stores
from fs_control.face.telling import tell_engine
from fs_control.face.values import given, refuse_no_change
from fs_control.face.words import print_json, print_table, words

if TYPE_CHECKING:
    from fs_control.store.directory_plan import EnterpriseEntry


@click.group("enterprise", cls=Group, examples=("fs-control enterprise show", "fs-control enterprise set --wrap-up 20"))
def enterprise_group() -> None:
    """Choose a command below."""


@enterprise_group.command("show", examples=("fs-control enterprise show", "fs-control enterprise show --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def show_enterprise(json: bool) -> None:
    """Print the settings of the enterprise."""
    with stores() as kept:
        enterprise = kept.editor.configured().enterprise
    if json:
        print_json(asdict(enterprise))
    else:
        _print(enterprise)


def _print(enterprise: EnterpriseEntry) -> None:
    from fs_control.store.agent_fields import starts_text
    from fs_control.store.directory_fields import length_text

    said = words(f"source.{Source.ENTERPRISE}")
    rows: list[tuple[str, str, str]] = [
        (words(f"enterprise_setting.{name}"), value, said)
        for name, value in (
            ("name", enterprise.name),
            ("time_zone", enterprise.time_zone),
            ("language", enterprise.language),
            ("region", enterprise.region),
            ("memory_valid", length_text(enterprise.memory_valid_s)),
        )
    ]
    wrap_up = first_given(0.0, enterprise=enterprise.wrap_up_s)
    starts = first_given(False, enterprise=enterprise.starts_on_break)
    for name, value, source in (
        ("wrap_up", f"{wrap_up.value:g}", wrap_up.source),
        ("starts", str(starts_text(starts.value)), starts.source),
        *((each.setting, each.value, each.source) for each in terminal_settings(None, enterprise)),
    ):
        rows.append((words(f"agent_setting.{name}"), value_words(name, value), words(f"source.{source}")))
    print_table(("setting", "value", "source"), rows)


@enterprise_group.command(
    "set",
    examples=("fs-control enterprise set --wrap-up 20 --starts on_break", "fs-control enterprise set --wrap-up -"),
)
@click.option("--name", cls=Option)
@click.option("--time-zone", "zone", cls=Option)
@click.option("--language", metavar="zh|en", cls=Option)
@click.option("--region", cls=Option)
@desk_options
@shared_terminal_options
def set_enterprise(name: str | None, zone: str | None, language: str | None, region: str | None, **desk: Any) -> None:
    """Change settings of the enterprise."""
    from fs_control.store import directory_fields as read
    from fs_control.store.directory_check import field_changes
    from fs_control.store.directory_plan import ImportedItem, ItemKind

    changes = {
        **given(
            name=(name, read.name),
            time_zone=(zone, read.name),
            language=(language, read.language),
            region=(region, read.region),
        ),
        **desk_settings(desk),
        **shared_terminal_settings(desk),
    }
    refuse_no_change(changes)
    with stores() as kept:
        before = kept.editor.configured().enterprise
        kept.editor.change_enterprise(**changes)
    show_change(ImportedItem(ItemKind.ENTERPRISE, "", field_changes(before, replace(before, **changes))))
    tell_engine()
