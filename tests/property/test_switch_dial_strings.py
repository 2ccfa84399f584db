"""Whatever a caller is called, it stays one value of a dial string, and the agent is rung."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from fs_control.commands import RingAgent
from fs_control.esl import Execute
from fs_control.ids import DEFAULT_ENTERPRISE, CallId, Extension, LegId, seconds
from fs_control.switch import Dialect, Via, encode_command
from fs_control.testing.dial_strings import originate_argument

DIALECT = Dialect(DEFAULT_ENTERPRISE, "10.0.0.1", "/prompts", "local_stream://moh")
NASTY = st.text(st.sampled_from("{}[]<>()|,;:'\"\\^$&=` \n\r\t\0ab1%张\u2028\x85\ud800"), max_size=40)
TEXTS = st.one_of(st.text(), NASTY)
OURS = (
    *("origination_uuid", "origination_caller_id_name", "fsc_call_id", "fsc_enterprise"),
    *("origination_caller_id_number", "originate_timeout", "ignore_early_media", "instant_ringback"),
    *("hangup_after_bridge", "send_silence_when_idle", "api_on_answer"),
    *("hold_hangup_xfer_exten", "force_transfer_context"),
)


def rung(phone: str, number: str, name: str) -> tuple[dict[str, str], str, list[str]]:
    """What FreeSWITCH makes of our order: the variables, the endpoint and what follows."""
    order = RingAgent(CallId("call-1"), LegId("leg-2"), LegId("leg-1"), Extension(phone), seconds(20), number, name)
    [wire] = encode_command(order, DIALECT)
    assert wire.via is Via.CALLER
    assert isinstance(wire.command, Execute)
    assert wire.command.encode().count(b"\n") == 6  # five headers and the blank line
    variables, endpoint, rest = originate_argument(wire.command.argument)
    assert [each for each, _ in variables] == list(OURS)
    return dict(variables), endpoint, rest


@given(name=TEXTS, number=TEXTS)
@example(name="x},{origination_uuid=evil", number="1',api_on_answer='system rm")
@example(name="${system(reboot)}", number="$${secret}")
@example(name="a" * 10_000, number="1" * 10_000)
@example(name="O'Brien", number="")
@example(name="Eve\nJob-UUID: other\n\napi hupall", number="1\r\n\r\nexit\r\n")
@example(name="\ud800", number="\x00")
@example(name="\\", number="\\")
@example(name="[leg_timeout=1]", number="^^;")
def test_a_callers_name_and_number_stay_in_their_values_and_never_make_a_call_fail(name: str, number: str) -> None:
    variables, endpoint, rest = rung("1001", number, name)
    assert endpoint == "user/1001@10.0.0.1"
    assert rest == []
    assert variables["origination_uuid"] == "leg-2"
    assert 0 < len(variables["origination_caller_id_name"]) <= 80
    assert 0 < len(variables["origination_caller_id_number"]) <= 40
    assert not set("{}[]$\\,'\n\r\0") & set("".join(variables.values()))


@given(phone=TEXTS)
def test_a_phone_of_the_directory_stays_in_the_endpoint(phone: str) -> None:
    _, endpoint, rest = rung(phone, "13800138000", "Zhang San")
    assert endpoint.startswith("user/")
    assert endpoint.endswith("@10.0.0.1")
    assert rest == []


def test_a_name_that_means_no_harm_is_shown_as_it_is() -> None:
    for name in ("Zhang San", "张三", "Müller-Lüdenscheidt 2", "José #1"):
        assert rung("1001", "+8613800138000", name)[0]["origination_caller_id_name"] == name
