"""Whoever tries the doors of the switch gets nowhere, and those who belong there do not notice."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import gevent
import pytest

from fs_control.esl import EventMessage
from fs_control.records import Disposition
from tests.freeswitch.private_switch import PrivateSwitch
from tests.freeswitch.real_house import TALKS, RealHouse, caller
from tests.freeswitch.scanner import HOST, Attempt, Scanner, attempts

pytestmark = pytest.mark.freeswitch

ATTEMPTS = 200
SCANNERS = 4
BETWEEN_S = 0.05
SCANNED_S = 60.0
LOGGED_S = 20.0
FORBIDDEN, NOT_ALLOWED = 403, 405
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]+")
"""What fail2ban takes off a line before it looks at it."""
OUR_PHONE = ("1001", "127.0.0.1")
NO_SERVICES = ("13900139000", "913900139000", "00441224007007", "1001")
PAGE = Path(__file__).parents[2] / "docs" / "freeswitch.md"


def scan(tries: list[Attempt], results: list[tuple[Attempt, int]]) -> None:
    """Try one thing after another."""
    with Scanner() as scanner:
        for attempt in tries:
            results.append((attempt, scanner.attempt(attempt)))
            gevent.sleep(BETWEEN_S)


def registered(switch: PrivateSwitch) -> set[tuple[str, str]]:
    """Who is registered, and from where."""
    with switch.events() as events:
        rows = json.loads(events.api("show", "registrations as json")).get("rows", [])
    return {(row["reg_user"], row["network_ip"]) for row in rows}


def scanned(switch: PrivateSwitch, results: list[tuple[Attempt, int]]) -> None:
    """Let several scanners try at once, until all is tried."""
    doors = (switch.addresses.phones_port, switch.addresses.trunks_port)
    tries = list(attempts(*doors, ATTEMPTS))
    scanners = [gevent.spawn(scan, tries[n::SCANNERS], results) for n in range(SCANNERS)]
    gevent.joinall(scanners, timeout=SCANNED_S, raise_error=True)


def shut_out(switch: PrivateSwitch) -> Counter[str]:
    """How often the page's rule for fail2ban finds each address in the log."""
    block = PAGE.read_text(encoding="utf-8").partition("failregex = ")[2].partition("\n\n")[0]
    rules = [re.compile(line.strip().replace("<HOST>", r"(?P<host>[0-9.]+)")) for line in block.splitlines()]
    logs = (file.read_text(encoding="utf-8", errors="replace") for file in switch.folder.glob("log/freeswitch.log*"))
    lines = (DATE.sub("", line) for log in logs for line in log.splitlines())
    return Counter(found["host"] for line in lines for rule in rules if (found := rule.search(line)))


def test_two_hundred_attempts_get_nowhere_while_a_phone_registers_and_a_call_completes(
    house: RealHouse, freeswitch: PrivateSwitch
) -> None:
    """In the same minute a legitimate phone registers and a legitimate call completes."""
    before = registered(freeswitch)
    results: list[tuple[Attempt, int]] = []
    seen: list[EventMessage] = []
    with freeswitch.events(seen.append) as events:
        events.subscribe("CHANNEL_CREATE", "CHANNEL_ORIGINATE", "CHANNEL_EXECUTE", "CHANNEL_ANSWER")
        scanning = gevent.spawn(scanned, freeswitch, results)
        house.phone("1001", TALKS)
        house.sign_in("8001")
        record = house.play(caller(key="1"))
        scanning.get(timeout=SCANNED_S)
    assert len(results) == ATTEMPTS
    assert {status for _, status in results} == {FORBIDDEN, NOT_ALLOWED}
    assert OUR_PHONE in registered(freeswitch) <= before | {OUR_PHONE}
    assert record.disposition is Disposition.ANSWERED
    assert house.records.recent(10) == [record]
    assert {event.get("Unique-ID") for event in seen} == {record.leg, *(offer.leg for offer in record.offers)}
    assert len(house.sipp_stage.invitations("1001")) == 1


def test_the_log_names_whom_to_shut_out_and_nobody_else(freeswitch: PrivateSwitch) -> None:
    """The page's rule for fail2ban finds every attempt but registrations at the carriers' door, which no one takes."""
    before = shut_out(freeswitch)
    results: list[tuple[Attempt, int]] = []
    scanned(freeswitch, results)
    refused = [attempt for attempt, status in results if status == FORBIDDEN]
    with gevent.Timeout(LOGGED_S):
        while (shut_out(freeswitch) - before).total() < len(refused):
            gevent.sleep(0.2)
    assert shut_out(freeswitch) - before == {HOST: len(refused)}


def test_attempts_at_the_phones_door_cannot_use_up_the_sessions_of_callers(freeswitch: PrivateSwitch) -> None:
    with freeswitch.events() as events:
        status = events.api("sofia", "status profile phones")
        per_second = events.api("fsctl", "sps")
    at_this_door, altogether = (int(text.split()[-1]) for text in (limit_line(status), per_second))
    assert 0 < at_this_door <= altogether / 2


def limit_line(status: str) -> str:
    """The line of a profile's status that says how many requests come in per second."""
    return next(line for line in status.splitlines() if line.startswith("MAX-RECV-RPS"))


def test_calls_from_outside_to_numbers_that_are_no_service_are_refused_with_a_record(house: RealHouse) -> None:
    """A mobile, a mobile behind a prefix, another country, an agent's phone: no number leads out or to a phone."""
    house.phone("1001", TALKS)
    house.sign_in("8001")
    legs = {number: house.call(caller(number=number)) for number in NO_SERVICES}
    for number, leg in legs.items():
        record = house.record_of(leg)
        assert (record.number, record.disposition, record.offers) == (number, Disposition.NO_NUMBER, ())
    assert house.sipp_stage.invitations("1001") == []
