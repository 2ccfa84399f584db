"""What our links replace or read of greenswitch 0.0.19 is still there, with the signature that we know.

A new release that renames one of these would leave greenswitch's own reader, parser or accept loop at work beside
ours, and no other test would notice.
"""

from __future__ import annotations

import inspect
from importlib.metadata import version

import greenswitch
import pytest
from greenswitch.esl import ESLProtocol, OutboundSession

from fs_control.runtime.call_link import CallLink
from fs_control.runtime.inbound_link import InboundLink
from fs_control.runtime.link import Link
from fs_control.runtime.outbound_server import CallServer

OVERRIDDEN = [
    (ESLProtocol, Link, "start_event_handlers", "(self)"),
    (ESLProtocol, Link, "receive_events", "(self)"),
    (ESLProtocol, Link, "process_events", "(self)"),
    (ESLProtocol, Link, "handle_event", "(self, event)"),
    (ESLProtocol, Link, "send", "(self, data)"),
    (ESLProtocol, InboundLink, "stop", "(self)"),
    (ESLProtocol, CallLink, "stop", "(self)"),
    (greenswitch.InboundESL, InboundLink, "__init__", "(self, host, port, password, timeout=5)"),
    (greenswitch.InboundESL, InboundLink, "connect", "(self)"),
    (greenswitch.InboundESL, InboundLink, "authenticate", "(self)"),
    (OutboundSession, CallLink, "__init__", "(self, client_address, sock)"),
    (OutboundSession, CallLink, "connect", "(self)"),
    (OutboundSession, CallLink, "on_disconnect", "(self, event)"),
    (OutboundSession, CallLink, "on_hangup", "(self, event)"),
    (OutboundSession, CallLink, "on_event", "(self, event)"),
    (greenswitch.OutboundESLServer, CallServer, "listen", "(self)"),
    (greenswitch.OutboundESLServer, CallServer, "stop", "(self)"),
    (greenswitch.OutboundESLServer, CallServer, "_accept_call", "(self, session)"),
]

KEPT = [
    (ESLProtocol, "register_handle", "(self, name, handler)"),
    (ESLProtocol, "unregister_handle", "(self, name, handler)"),
    (greenswitch.InboundESL, "__enter__", "(self)"),
    (greenswitch.InboundESL, "__exit__", "(self, exc_type, exc_val, exc_tb)"),
    (OutboundSession, "raise_if_disconnected", "(self)"),
    (OutboundSession, "while_connected", "(self)"),
]


def test_the_release_is_the_one_that_was_read():
    assert version("greenswitch") == "0.0.19"


@pytest.mark.parametrize(("theirs", "ours", "name", "signature"), OVERRIDDEN, ids=lambda value: str(value))
def test_an_overridden_name_is_still_there(theirs: type, ours: type, name: str, signature: str):
    assert name in vars(theirs)
    assert name in vars(ours)
    assert str(inspect.signature(vars(theirs)[name])) == signature


@pytest.mark.parametrize(("theirs", "name", "signature"), KEPT, ids=lambda value: str(value))
def test_an_inherited_name_is_still_there(theirs: type, name: str, signature: str):
    assert str(inspect.signature(vars(theirs)[name])) == signature


def test_the_class_tree_stands():
    assert issubclass(InboundLink, greenswitch.InboundESL)
    assert issubclass(CallLink, OutboundSession)
    assert issubclass(CallServer, greenswitch.OutboundESLServer)


@pytest.mark.parametrize("link", [InboundLink, CallLink])
def test_ours_come_before_greenswitchs(link: type):
    for name in ("send", "receive_events", "process_events", "handle_event", "start_event_handlers"):
        assert getattr(link, name) is vars(Link)[name]


def test_the_attributes_that_we_read_are_set_by_greenswitch():
    session = vars(ESLProtocol())
    assert {"event_handlers", "connected", "_auth_request_event", "_lingering"} <= set(session)
    assert not session["event_handlers"]
    server = greenswitch.OutboundESLServer("127.0.0.1", 8084, application=print, max_connections=3)
    assert (server.bind_port, server.max_connections, server.connection_count) == ([8084], 3, 0)
    for name in ("uuid", "call_uuid", "caller_id_number"):
        assert isinstance(vars(OutboundSession)[name], property)
