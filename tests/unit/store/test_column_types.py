"""Values of ours become values of PostgreSQL and the same values again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import dialect

from fs_control.errors import BrokenInvariant
from fs_control.ids import Micros
from fs_control.store.column_types import MicrosTime, storable_text

YEAR_1 = -62_135_596_800_000_000
YEAR_9999 = 253_402_300_799_999_999
POSTGRES = dialect()


@given(st.integers(YEAR_1, YEAR_9999))
def test_a_moment_survives_to_the_microsecond(micros: int) -> None:
    column = MicrosTime()
    assert column.process_result_value(column.process_bind_param(Micros(micros), POSTGRES), POSTGRES) == micros


@pytest.mark.parametrize("micros", [YEAR_1 - 1, YEAR_9999 + 1, 2**80])
def test_a_moment_outside_the_calendar_is_a_defect(micros: int) -> None:
    with pytest.raises(BrokenInvariant, match="time_out_of_range"):
        MicrosTime().process_bind_param(Micros(micros), POSTGRES)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_text_is_kept_as_it_is(text: str) -> None:
    assert storable_text(text) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [("a\0b", "a\ufffdb"), ("\ud83d", "\ufffd"), ("x\udc80\udc80y", "x\ufffd\ufffdy"), ("王芳😀", "王芳😀")],
)
def test_only_what_postgresql_cannot_hold_is_replaced(text: str, stored: str) -> None:
    assert storable_text(text) == stored
