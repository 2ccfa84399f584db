"""`fs-control ledger explain`: what a figure is, what it is not, the SQL for it, and how a call came by it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from fs_control.errors import UserMistake
from fs_control.face.click_words import Command, Option
from fs_control.face.words import language, print_json, print_table, say, words

if TYPE_CHECKING:
    from fs_control.cdr import Figure
    from fs_control.cdr.ledger_figures import Value
    from fs_control.face.story_book import StoryBook
    from fs_control.records import CallRecord


@click.command(
    "explain",
    cls=Command,
    examples=(
        "fs-control ledger explain",
        "fs-control ledger explain time_to_answer",
        "fs-control ledger explain talk 1f3c8a2e",
    ),
)
@click.argument("figure", required=False)
@click.argument("call", required=False)
@click.option("--json", "json", is_flag=True, cls=Option)
def explain_figure(figure: str | None, call: str | None, json: bool) -> None:
    """Define a figure."""
    if figure is None:
        _list_figures(json)
        return
    found = _figure_named(figure)
    account = _account(found, call) if call is not None else None
    if json:
        print_json({**_plain(found), **(account.plain() if account is not None else {})})
        return
    _define(found)
    if account is not None:
        account.tell()


def _figure_named(name: str) -> Figure:
    from fs_control.cdr import Figure

    names = [each.value for each in Figure]
    wanted = name.lower().replace("-", "_")
    if wanted not in names:
        raise UserMistake("figure_unknown", figure=name, nearest=next(iter(get_close_matches(wanted, names, 1)), None))
    return Figure(wanted)


def _list_figures(json: bool) -> None:
    from fs_control.cdr import Figure

    if json:
        print_json({"figures": [_plain(each) for each in Figure]})
    else:
        print_table(("figure", "meaning"), [(each.value, words(f"figure.{each}")) for each in Figure])


def _define(figure: Figure) -> None:
    say(f"figure.{figure}")
    say(f"figure_from.{figure}")
    say(f"figure_not.{figure}")
    sql = _sql(figure)
    if sql is not None:
        click.echo(f"\n{sql};\n")


def _sql(figure: Figure) -> str | None:
    """Return the SQL that computes a figure of every call, as it can be typed; None where no row has it."""
    from fs_control.cdr import Figure
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.queries import sql_of

    if figure is Figure.WRAP_UP:
        return None
    return sql_of(f"figure_{figure}").replace(":enterprise", f"'{DEFAULT_ENTERPRISE}'")


def _plain(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.value,
        "is": words(f"figure.{figure}"),
        "from": words(f"figure_from.{figure}"),
        "not": words(f"figure_not.{figure}"),
        "sql": _sql(figure),
    }


def _account(figure: Figure, call: str) -> _Account:
    from fs_control.face.call import only_one
    from fs_control.face.database import database
    from fs_control.face.ledger.verifying import names_of
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.call_records import PostgresRecordStore

    with database() as engine:
        record = only_one(PostgresRecordStore(engine, DEFAULT_ENTERPRISE).find(call), call)
        return _Account(figure, record, names_of(engine))


class _Account:
    """How one call came by a figure: segment by segment, or agent by agent."""

    def __init__(self, figure: Figure, record: CallRecord, book: StoryBook) -> None:
        from fs_control.cdr import OF_AGENTS, figure_of, figures_of_agents, shares

        self._figure, self._record, self._book = figure, record, book
        self._is_of_agents = figure in OF_AGENTS
        self._value = figure_of(record, figure)
        self._of_agents = figures_of_agents(record, figure)
        self._shares = shares(record, figure)

    def tell(self) -> None:
        """Print it."""
        from fs_control.cdr import Figure
        from fs_control.face.ledger.page import tell_corrections

        if self._is_of_agents:
            rows = [(self._book.agent(agent, language()), self._shown(each)) for agent, each in self._of_agents.items()]
            print_table(("agent", "figure"), rows, right=("figure",))
        elif self._figure is Figure.ANSWERED:
            say("ledger_answered_because", disposition=words(f"disposition.{self._record.disposition}"))
        elif self._value is not None:
            self._tell_segments()
        if not self._is_of_agents:
            say("ledger_figure_is", figure=self._figure, value=self._shown(self._value))
        tell_corrections(self._record, self._book)

    def _tell_segments(self) -> None:
        from fs_control.face.ledger.page import clock

        rows = []
        for share in self._shares:
            segment = share.segment
            agent = self._book.agent(segment.agent, language()) if segment.agent is not None else None
            length = (segment.ended_at or segment.started_at) - segment.started_at
            counted = _seconds(share.counted) if share.counted else None
            began = clock(segment.started_at, self._book)
            rows.append((began, words(f"segment.{segment.kind}"), agent, _seconds(length), counted))
        print_table(("started", "segment", "agent", "length", "counted"), rows, right=("length", "counted"))

    def plain(self) -> dict[str, Any]:
        """Return it as plain values; lengths in microseconds."""
        told: dict[str, Any] = {"call": self._record.call_id, "value": self._value}
        if self._is_of_agents:
            told["agents"] = [{"agent": agent, "value": value} for agent, value in self._of_agents.items()]
        else:
            told["segments"] = [
                {"position": each.position, "kind": each.segment.kind, "counted": each.counted} for each in self._shares
            ]
        return told

    def _shown(self, value: Value) -> str:
        from fs_control.cdr import COUNTS

        if value is None:
            return words("ledger_nothing")
        return str(value) if isinstance(value, str) or self._figure in COUNTS else _seconds(value)


def _seconds(length: int) -> str:
    from fs_control.ids import SECOND

    return words("story.seconds", seconds=f"{length / SECOND:.3f}")
