"""A real FreeSWITCH with our shipped configuration, and beside it what the peers need: extensions and a queue.

Owns the texts of the peers' configuration and the numbers that lead to them. What leads to us is not touched. Easy to
break: all peers share one switch, so mod_callcenter gets the same phones that fs_control rings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.house import FIRST_PHONE
from tests.freeswitch.private_switch import PrivateSwitch, SwitchProcess, free_port

CALLCENTER_NUMBER = "4009000001"
CONTROLLER_NUMBER = "4009000002"
BRIDGE_PREFIX = "4008"
"""Followed by the four digits of a phone; a service number of ours has six more."""

DIALPLAN_FILE = "conf/dialplan/own/bench.xml"
CALLCENTER_FILE = "conf/autoload_configs/callcenter.conf.xml"
QUEUE = "bench@default"


@dataclass(frozen=True, slots=True)
class RealSwitch:
    """A running FreeSWITCH, its phones' numbers, and the port at which it looks for the peer that is a controller."""

    switch: PrivateSwitch
    phones: tuple[str, ...]
    peer_port: int


@contextmanager
def real_switch(folder: Path, phones: int) -> Iterator[RealSwitch]:
    """Run a FreeSWITCH in an empty folder, ready for us and for the peers."""
    numbers = tuple(str(FIRST_PHONE + place) for place in range(phones))
    peer_port = free_port()
    process = SwitchProcess(folder, numbers)
    (folder / DIALPLAN_FILE).write_text(peers_dialplan(peer_port), encoding="utf-8")
    (folder / CALLCENTER_FILE).write_text(callcenter_configuration(folder, numbers), encoding="utf-8")
    try:
        switch = process.start()
        with switch.events() as events:
            events.api("fsctl", "loglevel info")  # as it is shipped; the tests' own is debug
            loaded = events.api("load", "mod_callcenter")
        if "+OK" not in loaded:
            raise RuntimeError(f"mod_callcenter could not be loaded: {loaded}")
        yield RealSwitch(switch, numbers, peer_port)
    finally:
        process.stop()


def peers_dialplan(peer_port: int) -> str:
    """Write the extensions of the peers: a queue of mod_callcenter, a phone at once, a controller."""
    return f"""<include>
  <extension name="mod_callcenter">
    <condition field="destination_number" expression="^{CALLCENTER_NUMBER}$">
      <action application="answer"/>
      <action application="callcenter" data="{QUEUE}"/>
    </condition>
  </extension>
  <extension name="a bare bridge">
    <condition field="destination_number" expression="^{BRIDGE_PREFIX}([0-9]{{4}})$">
      <action application="answer"/>
      <action application="bridge" data="user/$1@$${{domain}}"/>
    </condition>
  </extension>
  <extension name="greenswitch">
    <condition field="destination_number" expression="^{CONTROLLER_NUMBER}$">
      <action application="socket" data="127.0.0.1:{peer_port} async full"/>
    </condition>
  </extension>
</include>
"""


def callcenter_configuration(folder: Path, phones: Sequence[str]) -> str:
    """Write a queue of mod_callcenter whose agents are all phones, with no wrap-up."""
    agents = "\n".join(
        f'      <agent name="{number}@default" type="callback" contact="[leg_timeout=20]user/{number}@$${{domain}}"'
        ' status="Available" max-no-answer="0" wrap-up-time="0" reject-delay-time="0" busy-delay-time="0"/>'
        for number in phones
    )
    tiers = "\n".join(
        f'      <tier agent="{number}@default" queue="{QUEUE}" level="1" position="1"/>' for number in phones
    )
    return f"""<include>
  <configuration name="callcenter.conf" description="The peer">
    <settings>
      <param name="dbname" value="{folder}/db/callcenter.db"/>
    </settings>
    <queues>
      <queue name="{QUEUE}">
        <param name="strategy" value="longest-idle-agent"/>
        <param name="moh-sound" value="$${{fs_control_hold_music}}"/>
        <param name="tier-rules-apply" value="false"/>
        <param name="max-wait-time" value="0"/>
        <param name="max-wait-time-with-no-agent" value="0"/>
      </queue>
    </queues>
    <agents>
{agents}
    </agents>
    <tiers>
{tiers}
    </tiers>
  </configuration>
</include>
"""
