"""`fs-control token`: shown once, kept as a digest, listed without itself, revoked (E3)."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from sqlalchemy import create_engine, text

from fs_control.records import Scope
from fs_control.texts import sentence


def create(run, line: str = "") -> str:
    token: str = run.json(f"token create crm --scope calls:read {line}")["token"]
    return token


def everything_stored(run) -> str:
    engine = create_engine(run.terminal.environment["DATABASE_URL"])
    with engine.connect() as connection:
        (row,) = connection.execute(text("SELECT to_jsonb(api_token) FROM api_token")).scalars()
    engine.dispose()
    return json.dumps(row)


def test_E3_a_token_is_shown_once_and_its_digest_kept(run):
    token = create(run)
    assert len(token.rpartition("_")[2]) == 64
    stored = everything_stored(run)
    assert sha256(token.encode()).hexdigest() in stored
    assert token.rpartition("_")[2] not in stored
    assert token.rpartition("_")[2] not in run("token list") + run("token list --json")


def test_a_person_gets_the_token_alone_on_stdout_and_what_it_allows_beside_it(office):
    done = office.type("token", "create", "desk", "--scope", "agents:act", "--agent", "8001", "--expires", "30d")
    assert done.exit_code == 0
    assert done.stdout.startswith("fsc_")
    assert done.stdout.count("\n") == 1
    assert "hold, transfer" in done.stderr
    assert "agent 8001 alone" in done.stderr


def test_tokens_are_listed_with_what_they_allow_and_for_whom(run):
    run("token create desk --scope agents:act --scope agents:read --agent 8001 --expires 30d")
    (listed,) = run.json("token list")["tokens"]
    assert (listed["name"], listed["agent"], listed["scopes"]) == ("desk", "8001", ["agents:act", "agents:read"])
    assert listed["expires_at"] - listed["created_at"] == 30 * 86400 * 1_000_000
    assert (listed["has_expired"], listed["last_used_at"]) == (False, None)
    assert run("token list").splitlines()[1].split()[:4] == ["desk", "agents:act", "agents:read", "8001"]


def test_a_revoked_token_is_gone(run):
    create(run)
    assert run("token revoke crm") == "The token “crm” is revoked.\n"
    assert run.json("token list") == {"tokens": []}
    assert "no token “crm”" in run.refused("token revoke crm")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("token create crm", "--scope with one of agents:read"),
        ("token create 'a b' --scope calls:read", "no name for a token"),
        ("token create crm --scope calls:read --agent 8009", "no agent 8009"),
        ("token create crm --scope calls:read --expires soon", "soon"),
        ("token create crm --scope calls:read --expires 0d", "0d"),
    ],
)
def test_what_cannot_be_a_token_is_refused_and_nothing_is_made(run, line, said):
    assert said in run.refused(line)
    assert run.json("token list") == {"tokens": []}


@pytest.mark.parametrize("scope", list(Scope))
def test_every_scope_is_explained_in_the_readers_language(office, scope):
    done = office.type("--lang", "zh", "token", "create", "crm", "--scope", scope.value)
    assert sentence(f"scope.{scope}", {}, "zh") in done.stderr
