"""Orders about leaders, exactly as they go over the wire."""

from __future__ import annotations

import pytest

from fs_control.commands import ChangeSupervision, Supervise
from fs_control.ids import CallId, EnterpriseId, Extension, LegId, seconds
from fs_control.records import SuperviseMode
from fs_control.switch import Dialect, Via, encode_command

CALL, LEG = CallId("call"), LegId("leader")
DIALECT = Dialect(EnterpriseId("default"), "switch", "/prompts", "/music.wav")


def _wire(mode: SuperviseMode, name: str = "Agent 8001") -> str:
    command = Supervise(CALL, LEG, LegId("customer"), Extension("1002"), mode, seconds(20), "138", name)
    (order,) = encode_command(command, DIALECT)
    assert order.via is Via.SWITCH
    return order.command.encode().decode()


def test_C7_the_leaders_leg_listens_to_the_customers() -> None:
    assert _wire(SuperviseMode.LISTEN) == (
        "bgapi originate {origination_uuid=leader,fsc_enterprise=default,origination_caller_id_number=138,"
        "origination_caller_id_name='Agent 8001',originate_timeout=20,ignore_early_media=true,"
        "hangup_after_bridge=true,send_silence_when_idle=-1}user/1002@switch "
        "'m:^:bind_digit_action:supervise,1,api:uuid_recv_dtmf,leader 0"
        "^bind_digit_action:supervise,2,api:uuid_recv_dtmf,leader 1^eavesdrop:customer' inline\nJob-UUID: leader\n\n"
    )


def test_C7_whispering_and_joining_begin_with_the_first_word() -> None:
    assert "eavesdrop_whisper_aleg=true}" in _wire(SuperviseMode.WHISPER)
    assert "eavesdrop_whisper_aleg=true,eavesdrop_whisper_bleg=true}" in _wire(SuperviseMode.JOIN)


def test_C7_a_name_cannot_say_more_than_a_name() -> None:
    assert _wire(SuperviseMode.LISTEN, "a',b=c}user/1 'x^hangup:").count("^") == 3


@pytest.mark.parametrize(
    ("mode", "key"), [(SuperviseMode.LISTEN, "0"), (SuperviseMode.WHISPER, "1"), (SuperviseMode.JOIN, "3")]
)
def test_C7_a_mode_is_a_key_and_never_the_one_for_the_customer_alone(mode: SuperviseMode, key: str) -> None:
    (order,) = encode_command(ChangeSupervision(CALL, LEG, mode), DIALECT)
    assert order.command.encode().decode() == f"api uuid_recv_dtmf leader {key}\n\n"
