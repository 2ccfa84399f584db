"""Versions of flows in PostgreSQL: added and never changed, gone back in, edited with the file in mind (N10)."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE
from fs_control.store import flow_versions
from fs_control.store.enterprise_lock import changing
from fs_control.store.flow_history import PostgresFlowHistory
from fs_control.store.flow_versions import NewVersion, StoredFlow, before_active, digest_of, numbered


class Flows:
    """The flow `main` of an enterprise."""

    def __init__(self, database: Engine) -> None:
        self.database = database
        self.history = PostgresFlowHistory(database, DEFAULT_ENTERPRISE)

    def activate(self, *texts: str) -> None:
        for each in texts:
            self.history.activate([NewVersion("main", each)], "wang", self.history.active())

    def versions(self) -> list[StoredFlow]:
        return self.history.versions("main")

    def texts(self) -> list[str]:
        """Of every version, the first one first."""
        return [flow.text for flow in reversed(self.versions())]

    def back(self, number: int | None = None) -> StoredFlow:
        found = self.versions()
        old = before_active(found, "main") if number is None else numbered(found, "main", number)
        return self.history.roll_back(old, "li", "it was better", self.history.active()).after

    def edit(self, old: str, new: str) -> None:
        with changing(self.database, DEFAULT_ENTERPRISE) as connection:
            flow_versions.edit(connection, DEFAULT_ENTERPRISE, "main", lambda text: text.replace(old, new), "move")


@pytest.fixture
def flows(database: Engine) -> Flows:
    return Flows(database)


def test_N10_every_version_is_numbered_and_kept_with_who_when_and_why(flows: Flows) -> None:
    """Every activation records who, when, and the diff."""
    new = NewVersion("main", "b", "for the holiday", ("group_empty",))
    flows.activate("a")
    (change,) = flows.history.activate([new], "li", flows.history.active())
    assert change.is_new
    second, first = flows.versions()
    assert (first.version, first.about.activated_by, first.text, first.about.accepted) == (1, "wang", "a", ())
    assert (second.version, second.about.activated_by, second.about.reason) == (2, "li", "for the holiday")
    assert second.about.accepted == ("group_empty",)
    assert second.about.activated_at > first.about.activated_at
    assert flows.history.active()["main"] == second


def test_the_active_text_again_is_no_version(flows: Flows) -> None:
    flows.activate("a")
    (change,) = flows.history.activate([NewVersion("main", "a", "again")], "li", flows.history.active())
    assert (change.is_new, change.after.version, flows.texts()) == (False, 1, ["a"])


def test_N10_a_rollback_is_a_new_version_with_the_older_text(flows: Flows) -> None:
    flows.activate("a", "b")
    back = flows.back()
    assert (back.version, back.text, back.about.from_version, back.about.reason) == (3, "a", 1, "it was better")
    assert flows.texts() == ["a", "b", "a"]


def test_a_second_rollback_goes_further_back_and_not_to_where_the_first_came_from(flows: Flows) -> None:
    flows.activate("a", "b", "c")
    assert flows.back().text == "b"
    assert flows.back().text == "a"
    with pytest.raises(UserMistake, match="flow_nothing_before"):
        flows.back()


def test_a_rollback_to_a_rollback_names_the_version_that_the_text_is_of(flows: Flows) -> None:
    flows.activate("a", "b")
    flows.back()
    flows.activate("c")
    assert flows.back(3).about.from_version == 1


def test_what_a_rollback_cannot_find_is_refused(flows: Flows) -> None:
    flows.activate("a", "b")
    for number, code in ((7, "flow_version_unknown"), (2, "flow_version_active")):
        with pytest.raises(UserMistake, match=code):
            flows.back(number)
    with pytest.raises(UserMistake, match="flow_never_active") as mistake:
        flows.history.versions("mian")
    assert mistake.value.values["nearest"] == "main"


def test_all_are_activated_or_none(flows: Flows) -> None:
    flows.activate("a")
    seen = flows.history.active()
    flows.activate("b")
    with pytest.raises(UserMistake, match="flow_changed_meanwhile"):
        flows.history.activate([NewVersion("other", "x"), NewVersion("main", "c")], "li", seen)
    assert flows.history.active().keys() == {"main"}
    assert flows.texts() == ["a", "b"]


def test_a_rollback_hands_on_what_the_file_says_and_an_edit_edits_that_too(flows: Flows) -> None:
    """So that a start knows the file again, whatever else has been done to the flow."""
    flows.activate("agent: 1 old", "agent: 1 new")
    flows.back()
    assert flows.versions()[0].file_digest == digest_of("agent: 1 new")
    flows.edit("1", "2")
    edited = flows.versions()[0]
    assert (edited.text, edited.file_digest) == ("agent: 2 old", digest_of("agent: 2 new"))
    flows.activate("agent: 3")
    assert flows.versions()[0].file_digest == digest_of("agent: 3")


def test_versions_from_before_they_were_numbered_have_their_numbers(flows: Flows) -> None:
    """What 0008 does to rows of an older database, on rows as it left them."""
    flows.activate("a", "b")
    with flows.database.begin() as connection:
        rows = connection.execute(text("SELECT version, file_digest, digest FROM flow_version ORDER BY id")).all()
    assert [(row.version, row.file_digest == row.digest) for row in rows] == [(1, True), (2, True)]
