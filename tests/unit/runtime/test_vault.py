"""What callers typed and nobody is to know: kept in memory, put in at the last moment, gone with the call."""

from __future__ import annotations

import pytest

from fs_control.commands import CollectDigits
from fs_control.errors import UserMistake
from fs_control.events import DigitsCollected
from fs_control.ids import CallId, LegId, OpId, seconds
from fs_control.runtime.vault import Vault
from fs_control.switch import SecretDigits

CALL, OTHER, LEG, OP = CallId("call"), CallId("other"), LegId("leg"), OpId("call.1")
WORD = "secret:卡-号"
TYPED = SecretDigits(LEG, None, OP, "4711")


@pytest.fixture
def vault() -> Vault:
    """One in which an input of at least four digits is expected."""
    vault = Vault()
    vault.expect(CollectDigits(CALL, LEG, OP, (), 8, seconds(5), min_digits=4, secret=WORD))
    return vault


def test_the_event_says_no_more_than_that_there_is_something(vault: Vault) -> None:
    assert vault.hidden(TYPED) == DigitsCollected(leg=LEG, op=OP, digits=DigitsCollected.HIDDEN)
    assert "4711" not in repr(TYPED)


def test_a_secret_is_put_where_its_word_stands(vault: Vault) -> None:
    vault.hidden(TYPED)
    assert vault.reveal(CALL, f'{{"pin": "{{{WORD}}}"}}') == '{"pin": "4711"}'
    assert vault.reveal(CALL, f"?{{{WORD}}}", lambda digits: f"<{digits}>") == "?<4711>"


def test_too_few_digits_are_none(vault: Vault) -> None:
    told = vault.hidden(SecretDigits(LEG, None, OP, "471"))
    assert told.digits == ""
    with pytest.raises(UserMistake, match="secret_lost"):
        vault.reveal(CALL, f"{{{WORD}}}")


@pytest.mark.parametrize("call", [CALL, OTHER])
def test_a_secret_that_is_not_here_is_lost(vault: Vault, call: CallId) -> None:
    vault.hidden(TYPED)
    vault.forget(CALL)
    with pytest.raises(UserMistake, match="secret_lost"):
        vault.reveal(call, f"{{{WORD}}}")


def test_what_another_process_ordered_is_thrown_away() -> None:
    vault = Vault()
    assert vault.hidden(TYPED).digits == ""
    assert not vault.holds(CALL)


def test_a_text_without_words_is_left_as_it_is(vault: Vault) -> None:
    assert vault.reveal(CALL, "{} {name} secret:x {secret:}") == "{} {name} secret:x {secret:}"
