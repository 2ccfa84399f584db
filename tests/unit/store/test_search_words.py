"""What people type to find somebody: parts of a name, parts of a number in any written form (A2)."""

from __future__ import annotations

import pytest

from fs_control.store.search_words import is_found, number_parameters


@pytest.mark.parametrize(
    ("words", "found"),
    [((), True), (("王",), True), (("WANG",), True), (("00", "芳"), True), (("王", "9"), False), (("x",), False)],
)
def test_every_word_has_to_be_a_part_of_something(words: tuple[str, ...], found: bool) -> None:
    assert is_found(words, "8001", "王芳 Wang", None) is found


def test_a_number_is_compared_by_its_digits_and_as_a_whole() -> None:
    assert number_parameters(("0851-86986000", "138", "Li 2"), "CN") == {
        "names": ["0851-86986000", "138", "li 2"],
        "digits": ["085186986000", "138", ""],
        "whole": ["+8685186986000", "", ""],
    }
