"""Whatever one of our phones dials and types, the call comes to an end and every rule holds (A15, A17)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fs_control.events import CallOffered, PinChecked
from fs_control.ids import CallId, LegId
from fs_control.records import BreakReason
from fs_control.testing.builders import a_directory
from fs_control.testing.play import Play

DIALLED = st.one_of(
    st.sampled_from(["0000", "*11", "*12", "*13", "*14", "*141", "*15", "*16", "601", "602", "801", "802", "4001"]),
    st.text(alphabet="0123456789*#+", max_size=12),
    st.text(max_size=30),
)
PHONES = st.sampled_from(["1001", "1002", "1009", "1008"])
KEYS = st.lists(st.text(alphabet="0123456789*#", min_size=1, max_size=8), max_size=4)
CALLS = st.lists(st.tuples(PHONES, DIALLED, KEYS, st.sampled_from([0, 1, 2]), st.booleans()), min_size=1, max_size=5)


def an_office() -> Play:
    directory = a_directory({"sales": (1, 2)})
    agents = {key: replace(profile, extension=f"60{key}") for key, profile in directory.agents.items()}
    return Play(directory=replace(directory, agents=agents, breaks=(BreakReason("meal", "meal", "用餐"),)))


@given(CALLS, st.sets(st.sampled_from([1, 2])))
def test_A15_whatever_is_dialled_and_typed_comes_to_an_end(
    calls: list[tuple[str, str, list[str], int, bool]], signed_in: set[int]
) -> None:
    play = an_office()
    play.sign_in(*sorted(signed_in))
    for number, (phone, dialled, keys, answers, right) in enumerate(calls):
        leg, call = LegId(f"leg-{number}"), CallId(f"own-{number}")
        play.switch.offer_leg(leg)
        play.tell(CallOffered(leg=leg, call=call, dialled=dialled, caller=phone, phone=phone))
        for typed in keys:
            if call in play.centre.calls:
                play.press(call, typed)
        if answers and any(each.phone == f"100{answers}" and not each.answered for each in play.switch.legs.values()):
            play.answer(answers)
        play.tell(PinChecked(call=call, number="801", phone=phone, ok=right))
        play.wait(5)
        if call in play.centre.calls:
            play.hang_up(call)
        play.wait(700)
    assert not play.centre.calls
    assert {agent.call for agent in play.centre.agents.values()} <= {None}
    held = [agent.bound_phone for agent in play.centre.agents.values() if agent.bound_phone is not None]
    assert sorted(held) == sorted(play.centre.bound)
