"""Who hears whom while an agent holds, asks a colleague, swaps, joins all three and mutes: measured on the wire.

Customer, agent and colleague each speak a tone of their own all the time, and the music is a fourth one. What each of
them hears is what came in as RTP at their end. Easy to break: nothing is asserted of a moment, all is waited for.
"""

from __future__ import annotations

import wave
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from math import pi, sin
from pathlib import Path

import pytest

from fs_control.agents import Moment
from fs_control.records import Action
from fs_control.virtual_switch.script import Hold, PhoneBehaviour, Resume, Step, Wait
from fs_control.virtual_switch.script import Phone as PhoneOnStage
from tests.freeswitch.private_switch import PrivateSwitch, free_port
from tests.freeswitch.real_house import HOTLINE_NUMBER, RealHouse, caller, real_house
from tests.freeswitch.sip_caller import Handset
from tests.freeswitch.voice import RATE, TONE, Voice

pytestmark = pytest.mark.freeswitch

CUSTOMER, AGENT, COLLEAGUE, MUSIC = 700, 1100, 1900, 2600
TONES = (CUSTOMER, AGENT, COLLEAGUE, MUSIC)
SILENCE_S = 2.0
"""Longer than this nobody is alone with nothing to hear."""
SOUND_OF_PHONE = 4_000
"""Above a desk phone's port is that of its sound (`DeskPhone`)."""
MUSIC_S = 2


class Three:
    """A customer who talks with an agent, and a colleague whom the agent may ask; each at a telephone of their own."""

    def __init__(self, house: RealHouse, leaving: ExitStack) -> None:
        self.house = house
        self._leaving = leaving
        self.customer = leaving.enter_context(closing(Voice(CUSTOMER)))
        self.leg = ""

    def plug(self, phone: str, hertz: int, *steps: Step) -> Voice:
        """Put a phone on the stage at which somebody speaks."""
        port = free_port()
        voice = self._leaving.enter_context(closing(Voice(hertz, port + SOUND_OF_PHONE)))
        behaviour = PhoneBehaviour(answer_after=0.2, steps=(Wait(0.0), *steps))  # a phone with keys
        self.house.stage.set_phone(PhoneOnStage(phone, (behaviour,), contact_port=port))
        return voice

    def talk(self, *steps: Step) -> None:
        """Let customer and agent talk."""
        self.agent = self.plug("1001", AGENT, *steps)
        self.colleague = self.plug("1002", COLLEAGUE)
        self.house.sign_in("8001", "8002")
        self.leg = self.house.call_from(Handset(voice=self.customer), caller(number=HOTLINE_NUMBER))
        self.hear(customer={AGENT}, agent={CUSTOMER})

    def act(self, action: Action, to: str = "") -> None:
        """Have the agent do something."""
        self.house.act("8001", action, to)

    def consult(self) -> None:
        """Let the agent speak with the colleague."""
        self.act(Action.CONSULT, "8002")
        self.hear(customer={MUSIC}, agent={COLLEAGUE}, colleague={AGENT})

    def hear(self, customer: set[int], agent: set[int] | None = None, colleague: set[int] | None = None) -> None:
        """Wait until each of them hears just these; None: that is not looked at."""
        for voice, tones in ((self.customer, customer), (self.agent, agent), (self.colleague, colleague)):
            if tones is not None:
                self.house.wait_for(partial(voice.hears, tones, TONES))

    def hang_up(self, *agents: str) -> None:
        """Let agents hang up, and wait for the end of the call."""
        for agent in agents:
            self.house.act(agent, Action.HANG_UP)
        self.house.record_of(self.leg)


@pytest.fixture
def three(freeswitch: PrivateSwitch, tmp_path: Path, database_url: str) -> Iterator[Three]:
    """A house whose music is a tone."""
    music = tmp_path / "music.wav"
    _write_music(music)
    with real_house(freeswitch, tmp_path, database_url, hold_music=str(music)) as house, ExitStack() as leaving:
        yield Three(house, leaving)


def _write_music(path: Path) -> None:
    samples = (round(TONE * sin(2 * pi * MUSIC * n / RATE)) for n in range(MUSIC_S * RATE))
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(array("h", samples).tobytes())


def test_C2_on_hold_there_is_music_and_nothing_of_the_agent_and_then_both_ways(three: Three) -> None:
    """Customer hears the configured music during hold and nothing of the agent; resume restores two-way audio."""
    three.talk()
    for _ in range(2):  # out of the switch's own join, and out of one of ours
        three.act(Action.HOLD)
        three.hear(customer={MUSIC}, agent=set())
        three.agent.forget()
        three.house.wait_for(lambda: len(three.agent.pauses()) > 1)  # the tone that says that the line is there
        assert max(three.agent.pauses()) < SILENCE_S
        three.act(Action.RESUME)
        three.hear(customer={AGENT}, agent={CUSTOMER})
    three.hang_up("8001")


def test_C2_the_hold_key_of_the_phone_gives_the_customer_music(three: Three) -> None:
    """By a re-INVITE: nothing of the agent, and both ways again."""
    three.talk(Wait(3.0), Hold(), Wait(3.0), Resume())
    three.hear(customer={MUSIC})
    three.hear(customer={AGENT}, agent={CUSTOMER})
    three.hang_up("8001")


def test_C4_a_colleague_hears_the_agent_and_not_the_customer_and_then_all_hear_all(three: Three) -> None:
    """Customer on hold music; join makes three-way; consultant leaving returns to two-way."""
    three.talk()
    three.consult()
    three.act(Action.SWAP)
    three.hear(customer={AGENT}, agent={CUSTOMER}, colleague={MUSIC})
    three.act(Action.SWAP)
    three.hear(customer={MUSIC}, agent={COLLEAGUE}, colleague={AGENT})
    three.act(Action.JOIN)
    three.hear(customer={AGENT, COLLEAGUE}, agent={CUSTOMER, COLLEAGUE}, colleague={CUSTOMER, AGENT})
    three.house.act("8002", Action.HANG_UP)
    three.hear(customer={AGENT}, agent={CUSTOMER})
    three.hang_up("8001")


@pytest.mark.parametrize("joined", [False, True], ids=["consult", "three-way"])
def test_C4_who_is_left_with_the_customer_hears_them(three: Three, joined: bool) -> None:
    """Agent leaving completes the transfer."""
    three.talk()
    three.consult()
    if joined:
        three.act(Action.JOIN)
        three.hear(customer={AGENT, COLLEAGUE}, agent={CUSTOMER, COLLEAGUE}, colleague={CUSTOMER, AGENT})
    three.act(Action.COMPLETE)
    three.hear(customer={COLLEAGUE}, colleague={CUSTOMER})
    three.house.wait_until("8001", Moment.IDLE)
    three.hang_up("8002")


def test_C5_nothing_is_heard_of_an_agent_who_is_muted(three: Three) -> None:
    """Customer hears nothing, call stays up; unmute restores."""
    three.talk()
    three.act(Action.MUTE)
    three.hear(customer=set(), agent={CUSTOMER})
    three.act(Action.HOLD)
    three.hear(customer={MUSIC})
    three.act(Action.RESUME)
    three.hear(customer=set(), agent={CUSTOMER})
    three.act(Action.UNMUTE)
    three.hear(customer={AGENT}, agent={CUSTOMER})
    three.hang_up("8001")
