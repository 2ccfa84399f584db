"""Tokens of the API in PostgreSQL: digests alone, one name each, gone with their agent (E3)."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text

from fs_control.errors import UserMistake
from fs_control.ids import DEFAULT_ENTERPRISE, SECOND, EnterpriseId, Micros
from fs_control.records import ApiToken, Scope
from fs_control.store.directory_plan import ItemKind
from fs_control.store.removals import PostgresRemovals
from fs_control.store.tokens import PostgresTokenStore
from fs_control.store.undo_steps import Author

NOW = Micros(1_800_000_000 * SECOND)
CRM = ApiToken(
    id="00" * 8,
    name="crm",
    digest="ab" * 32,
    scopes=frozenset({Scope.CALLS_READ, Scope.AGENTS_ACT}),
    created_at=NOW,
    created_by="admin",
    expires_at=Micros(NOW + SECOND),
)


@pytest.fixture
def tokens(database: Engine) -> PostgresTokenStore:
    store = PostgresTokenStore(database, DEFAULT_ENTERPRISE)
    store.add(CRM, None)
    return store


def another(name: str) -> ApiToken:
    return ApiToken("11" * 8, name, "cd" * 32, frozenset(Scope), NOW, "admin", Micros(NOW + 1))


def test_a_token_is_read_back_as_it_was(tokens: PostgresTokenStore) -> None:
    assert tokens.all() == [CRM]


def test_a_name_is_given_once_until_its_token_is_revoked(tokens: PostgresTokenStore) -> None:
    with pytest.raises(UserMistake, match="token_exists"):
        tokens.add(another("crm"), None)
    tokens.revoke("crm")
    tokens.add(another("crm"), None)
    assert [token.id for token in tokens.all()] == ["11" * 8]


def test_a_misspelt_name_gets_the_nearest(tokens: PostgresTokenStore) -> None:
    with pytest.raises(UserMistake, match="token_unknown") as refused:
        tokens.revoke("cmr")
    assert refused.value.values["nearest"] == "crm"


def test_a_token_of_one_agent_goes_with_them(database: Engine, tokens: PostgresTokenStore) -> None:
    tokens.add(another("desk"), "8002")
    assert {each.token.name: each.agent for each in tokens.listed()} == {"crm": None, "desk": "8002"}
    PostgresRemovals(database, DEFAULT_ENTERPRISE).remove(ItemKind.AGENT, ["8002"], Author("admin", NOW))
    assert tokens.all() == [CRM]


def test_an_agent_who_is_not_there_gets_no_token(tokens: PostgresTokenStore) -> None:
    with pytest.raises(UserMistake, match="agent_unknown"):
        tokens.add(another("desk"), "8011")
    assert tokens.all() == [CRM]


def test_the_last_use_never_goes_back(tokens: PostgresTokenStore) -> None:
    tokens.note_used({CRM.id: Micros(NOW + 9), "ff" * 8: NOW})
    tokens.note_used({CRM.id: Micros(NOW + 5)})
    assert tokens.all()[0].last_used_at == NOW + 9


def test_what_this_program_does_not_know_is_not_allowed(database: Engine, tokens: PostgresTokenStore) -> None:
    with database.begin() as connection:
        connection.execute(text("""UPDATE api_token SET scopes = '["calls:read", "planets:move"]'"""))
    assert tokens.all()[0].scopes == {Scope.CALLS_READ}


def test_another_enterprise_sees_nothing(database: Engine, tokens: PostgresTokenStore) -> None:
    assert PostgresTokenStore(database, EnterpriseId("other")).all() == []
