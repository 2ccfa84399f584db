"""What an agent's phone shows: who calls and for what, with a sign, short enough and whatever a caller is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fs_control.centre.display import WIDEST, display_name
from fs_control.commands import RingAgent
from fs_control.esl import Execute
from fs_control.ids import DEFAULT_ENTERPRISE, AgentId, CustomerId, PhoneNumber, parse_phone_number
from fs_control.records import SavedCustomer
from fs_control.switch import Dialect, encode_command
from fs_control.testing.dial_strings import originate_argument
from fs_control.testing.play import Play

NUMBER = parse_phone_number("13800138000")
WITHHELD = parse_phone_number("anonymous")
OWNER, COLLEAGUE = AgentId(1), AgentId(2)
CUSTOMER = SavedCustomer(CustomerId(1), "+8613800138000", "张伟", OWNER)
VIP = replace(CUSTOMER, priority=5)
LONG = "Bartholomew Featherstonehaugh-Cholmondeley"


def shown(
    name: str = "",
    customer: SavedCustomer | None = None,
    agent: AgentId = OWNER,
    group: str = "sales",
    caller: PhoneNumber = NUMBER,
    language: str = "zh",
) -> str:
    return display_name(caller, name, customer, agent, group, language)


def columns(text: str) -> int:
    """Chinese, and the pictures that people put into names, take two columns."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def test_a_display_shows_who_calls_and_for_what() -> None:
    assert shown("王芳") == "王芳 - sales"
    assert shown("Anna Kowalska", group="售后服务") == "Anna Kowalska - 售后服务"


def test_a_caller_without_a_name_is_shown_by_number() -> None:
    assert shown() == "13800138000 - sales"
    assert shown(caller=WITHHELD) == "anonymous - sales"
    assert shown(caller=parse_phone_number("")) == "sales"


def test_M5_a_saved_customer_is_shown_under_the_name_by_which_they_were_saved() -> None:
    assert shown("CELL PHONE GZ", CUSTOMER, COLLEAGUE) == "张伟 - sales"


@pytest.mark.parametrize(
    ("customer", "agent", "language", "line"),
    [
        (CUSTOMER, OWNER, "zh", "专属 张伟 - sales"),
        (CUSTOMER, OWNER, "en", "OWN 张伟 - sales"),
        (VIP, COLLEAGUE, "zh", "贵宾 张伟 - sales"),
        (VIP, COLLEAGUE, "en", "VIP 张伟 - sales"),
        (VIP, OWNER, "zh", "贵宾 专属 张伟 - sales"),
        (VIP, OWNER, "en", "VIP OWN 张伟 - sales"),
    ],
)
def test_M6_a_sign_says_that_it_is_the_agents_own_customer_or_a_VIP(
    customer: SavedCustomer, agent: AgentId, language: str, line: str
) -> None:
    assert shown("", customer, agent, language=language) == line


@pytest.mark.parametrize("name", [LONG, "张" * 40, "😀" * 40, "é" * 50])
@pytest.mark.parametrize("group", ["a", "销售" * 30, LONG])
def test_the_name_is_cut_and_the_sign_never(name: str, group: str) -> None:
    line = shown("", replace(VIP, name=name), group=group)
    assert line.startswith("贵宾 专属 ")
    assert columns(line) <= WIDEST
    assert "…" in line
    assert name[:2] in line
    assert group[:1] in line.partition(" - ")[2]


def test_a_name_that_fits_is_not_cut_for_the_groups_sake() -> None:
    assert shown("Anna Kowalska", group=LONG).startswith("Anna Kowalska - Bartholomew")


HOSTILE = {
    "quotes": ('O\'Brien "Bob"', "O Brien Bob - sales"),
    "commas": ("Lee, Bruce", "Lee Bruce - sales"),
    "braces": ("x},{origination_uuid=evil", "x origination_uuid ev… - sales"),
    "brackets": ("[leg_timeout=1]", "leg_timeout 1 - sales"),
    "line ends": ("Eve\r\napi hupall\r\n", "Eve api hupall - sales"),
    "variables": ("${system(rm)}", "system rm - sales"),
    "emoji": ("Anna 😀", "Anna 😀 - sales"),
    "Chinese": ("张三", "张三 - sales"),
    "backwards": ("\u202eevil\u202c", "evil - sales"),
    "broken": ("\ud800张", "张 - sales"),
    "nothing to see": ("\u200b\x07", "13800138000 - sales"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_a_caller_is_called_the_phone_is_rung_and_shows_it(kind: str) -> None:
    name, line = HOSTILE[kind]
    play = Play(groups={"sales": (1,)})
    play.sign_in(1)
    play.caller(name=name)
    (ring,) = [command for command in play.commands if isinstance(command, RingAgent)]
    (order,) = encode_command(ring, Dialect(DEFAULT_ENTERPRISE, "d", "/p", "m"))
    assert isinstance(order.command, Execute)
    variables, endpoint, _ = originate_argument(order.command.argument)
    assert (dict(variables)["origination_caller_id_name"], endpoint) == (line, "user/1001@d")


def test_M6_a_ringing_phone_shows_what_is_known_of_the_customer() -> None:
    play = Play(groups={"sales": (1, 2)})
    play.callers.save("13800138000", owner=1, name="张伟", priority=5)
    play.sign_in(1)
    play.caller()
    ring = [command for command in play.commands if isinstance(command, RingAgent)][-1]
    assert (ring.caller_number, ring.caller_name) == ("13800138000", "贵宾 专属 张伟 - sales")
