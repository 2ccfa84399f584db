"""Who added which prompt, when, and what it says (N5). The sound itself is not here: it lies in the library's folder.

Must not know where that is: whoever changes a prompt hands in what puts the sound in its place, and it is run last in
the same transaction. Easy to break: a prompt that an active flow or a group's whisper names must not go, and what is
active is read behind the lock under which flows are activated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from fs_control.errors import UserMistake
from fs_control.flow import FlowProblems, parse_flow
from fs_control.ids import EnterpriseId, Micros
from fs_control.records import FlowText
from fs_control.store import tables
from fs_control.store.directory_check import nearest
from fs_control.store.directory_rows import read_flows
from fs_control.store.engine import transaction
from fs_control.store.enterprise_lock import changing
from fs_control.store.queries import query, rows_of
from fs_control.store.undo_steps import Author, timed_query


@dataclass(frozen=True, slots=True)
class StoredPrompt:
    """A recording of the operator's."""

    name: str
    language: str
    seconds: float
    sha256: str
    says: str | None
    source: str
    added_at: Micros
    added_by: str


@dataclass(frozen=True, slots=True)
class NewPrompt:
    """What is to be noted of a recording."""

    name: str
    language: str
    seconds: float
    sha256: str
    says: str | None
    source: str


class PostgresPromptStore:
    """Every method raises RemoteFault when the database is away, busy or slow, and UserMistake where it refuses."""

    def __init__(self, engine: Engine, enterprise: EnterpriseId) -> None:
        self._engine = engine
        self._enterprise = enterprise

    def all(self) -> list[StoredPrompt]:
        """Return the operator's prompts, by name and language."""
        with transaction(self._engine) as connection:
            return self._read(connection)

    def keep(self, prompt: NewPrompt, author: Author, put_in_place: Callable[[], None]) -> bool:
        """Note a prompt and put its sound in place; whether it took the place of one of the operator's."""
        with changing(self._engine, self._enterprise) as connection:
            before = {(each.name, each.language) for each in self._read(connection)}
            values = {
                "enterprise": self._enterprise,
                **{name: getattr(prompt, name) for name in NewPrompt.__slots__},
                "now": author.now,
                "by": author.by,
            }
            connection.execute(timed_query("keep_prompt", "now"), values)
            put_in_place()
        return (prompt.name, prompt.language) in before

    def remove(self, name: str, language: str, *, is_last: bool, take_away: Callable[[], None]) -> None:
        """Forget a prompt and take its sound away.

        `is_last`: nothing is shipped that would be played in its place, so UserMistake `prompt_in_use` names the
        active flows and the groups that need it. `prompt_unknown` where the operator has none of this name.
        """
        with changing(self._engine, self._enterprise) as connection:
            parameters = {"enterprise": self._enterprise, "name": name, "language": language}
            if connection.execute(query("remove_prompt"), parameters).one_or_none() is None:
                known = sorted({each.name for each in self._read(connection)})
                raise UserMistake("prompt_unknown", name=name, language=language, nearest=nearest(name, known))
            if is_last:
                self._refuse_if_used(connection, name, language)
            take_away()

    def _refuse_if_used(self, connection: Connection, name: str, language: str) -> None:
        flows = tuple(
            text.name
            for text in read_flows(connection, self._enterprise)
            if name in prompts_of_flow(text).get(language, frozenset())
        )
        parameters = {"enterprise": self._enterprise, "name": name}
        groups = tuple(connection.execute(query("whispering_groups"), parameters).scalars())
        if flows or groups:
            raise UserMistake("prompt_in_use", name=name, flows=flows or None, groups=groups or None)

    def _read(self, connection: Connection) -> list[StoredPrompt]:
        rows = connection.execute(rows_of(tables.prompt, "prompts"), {"enterprise": self._enterprise})
        return [StoredPrompt(**row._mapping) for row in rows]


def prompts_of_flow(text: FlowText) -> dict[str, frozenset[str]]:
    """Return the recorded prompts that an active flow names, under its language; nothing of one that is broken now."""
    try:
        flow = parse_flow(text.text, filename=text.name, groups=None, prompts=None)
    except FlowProblems:
        return {}
    return {flow.language: flow.prompts_named()}
