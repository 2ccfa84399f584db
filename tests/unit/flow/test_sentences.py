"""Sentences with values in them, put together for one caller."""

from __future__ import annotations

import pytest

from fs_control.errors import UserMistake
from fs_control.flow.spoken import literal_name, said


def test_a_fact_that_is_empty_is_left_out() -> None:
    """Who hides their number must hear the rest of the sentence, and not be sent away."""
    told = said("You call from {caller.number:digits}.", {"caller.number": ""}, "en")
    assert told.text == "You call from ."
    assert told.parts == (literal_name("You call from", "en"),)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("{caller.number:digits}", {"caller.number": ""}),
        ("It is {balance:digits}.", {"balance": ""}),
        ("You call from {caller.number:digits}.", {}),
    ],
)
def test_what_nobody_can_say_is_refused(sentence: str, values: dict[str, str]) -> None:
    with pytest.raises(UserMistake):
        said(sentence, dict(values), "en")
