"""`fs-control message`: the messages that callers left, and who sees to them (N7).

A message is named by its number in the list. The list and its changes are the database's; only `play` and `remove` need
the sound itself, which is in the folder of recordings as this machine sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import UserMistake
from fs_control.face.asking import author, be_sure
from fs_control.face.click_words import Group, Option
from fs_control.face.playing import play_aloud
from fs_control.face.stores import stores
from fs_control.face.words import print_json, print_table, remark, say, words

if TYPE_CHECKING:
    from fs_control.store.messages import StoredMessage

MOST_LISTED: Final = 100_000
STATUSES: Final = ("new", "assigned", "done")

HEADINGS: Final = ("message", "left_at", "length_s", "caller", "number", "box", "status", "agent")


@click.group(
    "message",
    cls=Group,
    examples=("fs-control message list --status new", "fs-control message assign 12 8001"),
)
def message_group() -> None:
    """Choose a command below."""


# --- looking -------------------------------------------------------------------------------------------------------


@message_group.command("list", examples=("fs-control message list", "fs-control message list --status new --box sales"))
@click.option("--status", type=click.Choice(STATUSES), cls=Option)
@click.option("--box", cls=Option)
@click.option("--agent", cls=Option)
@click.option("--limit", type=click.IntRange(1, MOST_LISTED), default=100, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def list_messages(status: str | None, box: str | None, agent: str | None, limit: int, json: bool) -> None:
    """Print the newest messages."""
    from fs_control.store.messages import MessageStatus

    with stores() as kept:
        found = kept.messages.search(MessageStatus(status) if status else None, box, agent, limit + 1)
        zone = kept.time_zone
    if json:
        print_json({"messages": [_plain(one) for one in found[:limit]], "are_all": len(found) <= limit})
    elif not found:
        say("nothing_found" if status or box or agent else "no_messages")
    else:
        _print_messages(found[:limit], zone)
        if len(found) > limit:
            remark("more_there_are", limit=limit)


@message_group.command("show", examples=("fs-control message show 12",))
@click.argument("id", type=int)
@click.option("--json", "json", is_flag=True, cls=Option)
def show_message(id: int, json: bool) -> None:
    """Print one message."""
    with stores() as kept:
        message, zone = kept.messages.find(id), kept.time_zone
    if json:
        print_json(_plain(message))
        return
    _print_messages([message], zone)
    say("message_call", call=message.call)
    say("message_file" if _sound(message).is_file() else "message_file_elsewhere", path=str(_sound(message)))


@message_group.command("play", examples=("fs-control message play 12",))
@click.argument("id", type=int)
def play_message(id: int) -> None:
    """Play a message on this machine."""
    with stores() as kept:
        message = kept.messages.find(id)
    path = _sound(message)
    if not path.is_file():
        raise UserMistake("message_file_missing", path=str(path))
    if not play_aloud(path):
        say("not_played", path=str(path))


# --- seeing to them ------------------------------------------------------------------------------------------------


@message_group.command("assign", examples=("fs-control message assign 12 8001", "fs-control message assign 12 -"))
@click.argument("id", type=int)
@click.argument("agent")
def assign_message(id: int, agent: str) -> None:
    """Give a message to an agent."""
    with stores() as kept:
        message = kept.messages.assign(id, None if agent == "-" else agent, author())
    if message.agent is None:
        say("message_unassigned", id=id)
    else:
        say("message_assigned", id=id, agent=message.agent, name=message.agent_name)


@message_group.command("done", examples=("fs-control message done 12 13",))
@click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
def finish_messages(ids: tuple[int, ...]) -> None:
    """Note that messages were seen to."""
    with stores() as kept:
        kept.messages.finish(ids, author())
    for each in ids:
        say("message_done", id=each)


@message_group.command("remove", examples=("fs-control message remove 12",))
@click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
@click.option("--yes", is_flag=True, cls=Option)
def remove_messages(ids: tuple[int, ...], yes: bool) -> None:
    """Remove messages and their sound."""
    with stores() as kept:
        _print_messages([kept.messages.find(each) for each in ids], kept.time_zone)
        be_sure(yes, "remove_messages_really", count=len(ids))
        removed = kept.messages.remove(ids)
    for message in removed:
        _sound(message).unlink(missing_ok=True)
        say("message_removed", id=message.id)


# --- words ---------------------------------------------------------------------------------------------------------


def _sound(message: StoredMessage) -> Path:
    """Return where the sound of a message is, as this machine sees it."""
    from fs_control.face.options import load_settings
    from fs_control.settings import recordings_here

    return Path(recordings_here(load_settings())) / Path(message.file).name


def _plain(message: StoredMessage) -> dict[str, Any]:
    return {**asdict(message), "path": str(_sound(message))}


def _print_messages(messages: Sequence[StoredMessage], zone: str) -> None:
    from fs_control.face.clock_words import local_time
    from fs_control.face.story import caller_number

    rows = [
        (
            str(one.id),
            f"{local_time(one.left_at, zone):%m-%d %H:%M:%S}",
            f"{one.seconds:.0f}",
            caller_number(one.caller) or words(f"number_kind.{one.caller.kind}"),
            one.number,
            one.box,
            words(f"message_status.{one.status}"),
            one.agent and f"{one.agent} {one.agent_name}",
        )
        for one in messages
    ]
    print_table(HEADINGS, rows, right=("message", "length_s"))
