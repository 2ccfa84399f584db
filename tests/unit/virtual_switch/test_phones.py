"""Registrations: their events, what the api says about them, and where a phone can be reached."""

from __future__ import annotations

import json

from fs_control.virtual_switch.script import Phone
from tests.unit.virtual_switch.box import Box, Headers, trace_events

SUBCLASSES = "CUSTOM sofia::register sofia::unregister sofia::expire"


def shape(event: Headers) -> list[str]:
    return [name for name in event if name != "body"]


def test_registering_and_unregistering_fire_the_events_of_the_trace(box: Box) -> None:
    recorded = trace_events("registrations", "inbound")
    line = box.inbound(SUBCLASSES)
    for registered in (True, False, True):
        box.phone(Phone("2001", registered=registered))
        expected = recorded.pop(0)
        event = line.event("CUSTOM")
        assert shape(event) == shape(expected)
        assert event["Event-Subclass"] == expected["Event-Subclass"]
        assert event["from-user"] == "2001"


def test_sofia_contact_follows_the_registration(box: Box) -> None:
    line = box.inbound()
    box.phone(Phone("2002", contact_port=6123))
    assert line.ask("api sofia_contact 2002@127.0.0.1") == "sofia/internal/sip:2002@127.0.0.1:6123"
    box.phone(Phone("2002", registered=False))
    assert line.ask("api sofia_contact 2002@127.0.0.1") == "error/user_not_registered"


def test_a_registration_can_run_out(box: Box) -> None:
    line = box.inbound(SUBCLASSES)
    box.phone(Phone("2003"))
    box.stage.expire_phone("2003")
    assert line.event("CUSTOM", Event_Subclass="sofia::expire")["user"] == "2003"
    assert line.ask("api sofia_contact 2003") != "error/user_not_registered"
    box.until(lambda: line.ask("api sofia_contact 2003") == "error/user_not_registered")


def test_registrations_are_listed_as_in_the_trace(box: Box) -> None:
    box.phone(Phone("2004", contact_port=6124))
    listing = json.loads(box.inbound().ask("api show registrations as json"))
    row = next(row for row in listing["rows"] if row["reg_user"] == "2004")
    assert list(row) == (
        "reg_user realm token url expires network_ip network_port network_proto hostname metadata".split()
    )
    assert row["url"] == "sofia/internal/sip:2004@127.0.0.1:6124"
