"""Reading the legs that a switch has (trace live-state)."""

from __future__ import annotations

import pytest

from fs_control.errors import RemoteFault
from fs_control.runtime.introduction import legs_in


def test_each_row_is_a_leg():
    assert legs_in('{"row_count":2,"rows":[{"uuid":"a","state":"CS_EXECUTE"},{"uuid":"b"}]}') == ("a", "b")


def test_a_switch_without_legs_has_no_rows():
    assert legs_in('{"row_count":0}\n') == ()


@pytest.mark.parametrize("listing", ["", "-ERR no", "[]", '{"rows":[{}]}', '{"rows":7}', '{"rows":["a"]}', "null"])
def test_anything_else_is_not_believed(listing: str):
    with pytest.raises(RemoteFault, match="switch_listing_unreadable"):
        legs_in(listing)
