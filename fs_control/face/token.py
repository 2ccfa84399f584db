"""`fs-control token`: what programs of others show when they ask the API (E3).

A token is made here, shown once and kept nowhere; the database has its digest. Easy to break: the engine is told of a
token that was revoked before the person is told that it is done, and where it cannot be told, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from fs_control.errors import RemoteFault, UserMistake
from fs_control.face.asking import author
from fs_control.face.click_words import Group, Option
from fs_control.face.client import running_engine
from fs_control.face.database import database
from fs_control.face.words import print_json, print_table, remark, say, words
from fs_control.ids import SECOND, Micros
from fs_control.records import ApiToken, Scope

if TYPE_CHECKING:
    from fs_control.store.tokens import PostgresTokenStore, StoredToken

USUALLY_EXPIRES: Final = "90d"

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
"""It stands in logs and records as token:NAME."""

EXAMPLES: Final = (
    "fs-control token create desk-8001 --scope agents:act --scope agents:read --agent 8001 --expires 30d",
    "fs-control token list",
)


@click.group("token", cls=Group, examples=EXAMPLES)
def token_group() -> None:
    """Choose a command below."""


@token_group.command(
    "create", examples=(EXAMPLES[0], "fs-control token create crm --scope calls:read --scope customers:read")
)
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice([str(each) for each in Scope]), multiple=True, cls=Option)
@click.option("--agent", "token_agent", metavar="NUMBER", cls=Option)
@click.option("--expires", "expires_after", metavar="90d", default=USUALLY_EXPIRES, show_default=True, cls=Option)
@click.option("--json", "json", is_flag=True, cls=Option)
def create_token(name: str, scopes: tuple[str, ...], token_agent: str | None, expires_after: str, json: bool) -> None:
    """Make a token and show it once."""
    import secrets

    from fs_control.web.api.credentials import make_token

    if not _NAME.fullmatch(name):
        raise UserMistake("not_a_token_name", text=name)
    if not scopes:
        raise UserMistake("token_needs_scope", scopes=tuple(Scope))
    made, who = make_token(secrets.token_bytes), author()
    token = ApiToken(
        id=made.id,
        name=name,
        digest=made.digest,
        scopes=frozenset(map(Scope, scopes)),
        created_at=who.now,
        created_by=who.by,
        expires_at=_moment_after(who.now, expires_after),
    )
    with _store() as store:
        store.add(token, token_agent)
    _show(token, made.text, token_agent, json=json)
    _tell_engine()


@token_group.command("list", examples=("fs-control token list", "fs-control token list --json"))
@click.option("--json", "json", is_flag=True, cls=Option)
def list_tokens(json: bool) -> None:
    """List the tokens; none of them is shown."""
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.directory import PostgresDirectoryStore

    with database() as engine:
        zone = PostgresDirectoryStore(engine, DEFAULT_ENTERPRISE).load()[0].time_zone
        tokens = _tokens_of(engine).listed()
    now = author().now
    if json:
        print_json({"tokens": [_plain(each, now) for each in tokens]})
    elif not tokens:
        say("no_tokens")
    else:
        _print_tokens(tokens, zone, now)


@token_group.command("revoke", examples=("fs-control token revoke crm",))
@click.argument("name")
def revoke_token(name: str) -> None:
    """Take a token away for good."""
    with _store() as store:
        store.revoke(name)
    _tell_engine()
    say("token_revoked", token=name)


@contextmanager
def _store() -> Iterator[PostgresTokenStore]:
    with database() as engine:
        yield _tokens_of(engine)


def _tokens_of(engine: Any) -> PostgresTokenStore:
    from fs_control.ids import DEFAULT_ENTERPRISE
    from fs_control.store.tokens import PostgresTokenStore

    return PostgresTokenStore(engine, DEFAULT_ENTERPRISE)


def _moment_after(now: Micros, length: str) -> Micros:
    from fs_control.store.directory_fields import memory_seconds

    return Micros(now + memory_seconds(length) * SECOND)


def _show(token: ApiToken, text: str, agent: str | None, *, json: bool) -> None:
    if json:
        print_json({"name": token.name, "token": text, "expires_at": token.expires_at})
        return
    click.echo(text)
    remark("token_shown_once", token=token.name)
    for scope in sorted(token.scopes):
        remark("token_allows", scope=scope, what=words(f"scope.{scope}"))
    if agent is not None:
        remark("token_for_one_agent", agent=agent)


def _tell_engine() -> None:
    """Have a running engine read the tokens; one that cannot be told sees them by itself, a little later."""
    try:
        if running_engine().reload_tokens():
            return
        remark("token_without_api")
    except UserMistake as mistake:
        if mistake.code != "engine_not_running":
            remark("token_later")
    except RemoteFault:
        remark("token_later")


def _plain(stored: StoredToken, now: Micros) -> dict[str, Any]:
    token = stored.token
    return {
        "name": token.name,
        "scopes": sorted(token.scopes),
        "agent": stored.agent,
        "created_at": token.created_at,
        "created_by": token.created_by,
        "expires_at": token.expires_at,
        "has_expired": now >= token.expires_at,
        "last_used_at": token.last_used_at,
    }


def _print_tokens(tokens: list[StoredToken], zone: str, now: Micros) -> None:
    from fs_control.face.clock_words import local_time, since_words

    rows = [
        (
            each.token.name,
            " ".join(sorted(each.token.scopes)),
            each.agent,
            each.token.created_by,
            words("token_expired_word")
            if now >= each.token.expires_at
            else f"{local_time(each.token.expires_at, zone):%Y-%m-%d %H:%M}",
            since_words(each.token.last_used_at, zone),
        )
        for each in tokens
    ]
    print_table(("token", "scopes", "agent", "created_by", "expires", "last_used"), rows)
