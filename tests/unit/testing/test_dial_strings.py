"""The reader that judges our dial strings takes apart what FreeSWITCH would, so a forged variable would be seen."""

from __future__ import annotations

import pytest

from fs_control.testing.dial_strings import originate_argument


@pytest.mark.parametrize(
    ("text", "variables", "endpoint"),
    [
        ("{a=1,b=2}user/1001 &park()", [("a", "1"), ("b", "2")], "user/1001"),
        ("{name='Zhang San',b=2}user/1001 &park()", [("name", "Zhang San"), ("b", "2")], "user/1001"),
        ("{name=x,origination_uuid=evil}user/1001 &park()", [("name", "x"), ("origination_uuid", "evil")], "user/1001"),
        ("{name=x}evil/2,{b=2}user/1001 &park()", [("name", "x")], "evil/2,{b=2}user/1001"),
        (r"{name=x\,y}user/1001 &park()", [("name", "x,y")], "user/1001"),
        ("{^^:a=1:b=2,3}user/1001 &park()", [("a", "1"), ("b", "2,3")], "user/1001"),
        ("{url=a=b}user/1001 &park()", [("url", "a=b")], "user/1001"),
    ],
)
def test_variables_endpoint_and_what_follows(text: str, variables: list[tuple[str, str]], endpoint: str) -> None:
    assert originate_argument(text) == (variables, endpoint, ["&park()"])
