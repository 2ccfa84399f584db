"""The answer to "why" on a terminal, and as plain values for machines.

Knows how things look and nothing about calls. Easy to break: a terminal is seldom wide enough for a reason and what
would have changed it, so the second stands below the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fs_control.face.why import Turn, Why
from fs_control.face.why_words import Answers
from fs_control.face.words import printable
from fs_control.ids import NO_GROUP
from fs_control.queues import WhatIf, if_claim_counted
from fs_control.records import CallRecord, Offer, RoutingDecision


def print_why(console: Console, why: Why) -> None:
    """Print the sentence, then every turn of the call with its card."""
    console.print(Text(printable(why.title), style="bold cyan"))
    console.print(Text(printable(why.sentence), style="bold"))
    console.print()
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(ratio=1, overflow="fold")
    for turn in why.turns:
        table.add_row(why.clock(turn.at), Text(printable(turn.text)))
        _add_card(table, turn)
    console.print(Padding(table, (0, 0, 0, 2)), highlight=False)


def _add_card(table: Table, turn: Turn) -> None:
    if turn.rows:
        card = Table.grid(padding=(0, 2, 0, 0))
        card.add_column(overflow="fold", min_width=12)
        card.add_column(ratio=1, overflow="fold")
        for row in turn.rows:
            card.add_row(Text(printable(row.who)), Text(printable(row.reason)))
            if row.what_if:
                card.add_row("", Text(printable(row.what_if), style="dim"))
        table.add_row("", card)
    for remark in turn.remarks:
        table.add_row("", Text(printable(remark), style="dim"))


def plain_why(record: CallRecord, answers: Answers, why: Why, sentences: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer as plain values, the sentence in every language; moments in microseconds since 1970 UTC."""
    return {
        "call": record.call_id,
        "sentence": dict(sentences),
        "turns": [{"at": turn.at, "text": turn.text} for turn in why.turns],
        "decisions": [_plain_decision(offer, answers[offer.leg]) for offer in record.offers],
    }


def _plain_decision(offer: Offer, answers: Sequence[WhatIf]) -> dict[str, Any]:
    from pydantic import TypeAdapter

    counted = if_claim_counted(offer.decision)
    return {
        "at": offer.offered_at,
        "group": offer.group if offer.group != NO_GROUP else None,
        "result": offer.result,
        **TypeAdapter(RoutingDecision).dump_python(offer.decision, mode="json"),
        "what_if": [
            {
                "agent": answer.agent,
                "change": answer.change,
                "values": dict(answer.values),
                "chosen": answer.is_chosen,
                "against": answer.against.reason if answer.against is not None else None,
            }
            for answer in (*answers, *((counted,) if counted is not None else ()))
        ],
    }
