"""What a wire wants to hear: event names, subclasses of CUSTOM, one channel only, and filters.

Owns `event`, `nixevent`, `noevents`, `myevents` and `filter` as values; the wire owns the socket. Rules are those of
event_handler in mod_event_socket.c. Easy to break: with filters set, an event must match one positive filter to pass,
and one that matches a negative filter (`-value`) is dropped whatever else it matches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fs_control.virtual_switch.event import Event
from fs_control.virtual_switch.event_names import EVENT_NAMES, MY_EVENTS


@dataclass(slots=True)
class Subscription:
    """The wishes of one wire."""

    names: set[str] = field(default_factory=set)
    subclasses: set[str] = field(default_factory=set)
    all_subclasses: bool = False
    channel: str | None = None
    """The only channel it listens to, after `myevents`."""
    filters: list[tuple[str, str]] = field(default_factory=list)

    def add(self, words: list[str]) -> bool:
        """Subscribe to names, then subclasses after CUSTOM; False when no name was an event's."""
        found = False
        custom = False
        for word in words:
            name = word.upper()
            if custom:
                self.subclasses.add(word)
            elif name in EVENT_NAMES:
                found = True
                custom = name == "CUSTOM"
                self._add_name(name)
        return found

    def _add_name(self, name: str) -> None:
        if name == "ALL":
            self.names |= EVENT_NAMES
            self.all_subclasses = True
        else:
            self.names.add(name)

    def remove(self, words: list[str]) -> bool:
        """Take names or subclasses back; False when no name was an event's."""
        found = False
        custom = False
        for word in words:
            name = word.upper()
            if custom:
                self.subclasses.discard(word)
            elif name in EVENT_NAMES:
                found = True
                custom = name == "CUSTOM"
                if name == "ALL":
                    self.clear()
                elif not custom:
                    self.names.discard(name)
        return found

    def clear(self) -> None:
        """Want nothing any more; filters stay."""
        self.names.clear()
        self.subclasses.clear()
        self.all_subclasses = False

    def add_my_events(self) -> None:
        """Want what `myevents` gives."""
        self.names |= MY_EVENTS

    def wants(self, name: str, subclass: str | None) -> bool:
        """Whether an event of this name is wanted."""
        if name not in self.names:
            return False
        return name != "CUSTOM" or subclass is None or self.all_subclasses or subclass in self.subclasses

    def passes(self, event: Event) -> bool:
        """Whether an event that is wanted gets through the filters."""
        if not self.filters:
            return True
        passed = False
        for name, wanted in self.filters:
            value = event.get(name)
            positive, text = _sign(wanted)
            if value is None or (passed and positive) or not _matches(value, text):
                continue
            if not positive:
                return False
            passed = True
        return passed

    def remove_filter(self, name: str, value: str | None) -> None:
        """Take filters on a header back, all of them or one value."""
        wanted = name.lower()
        self.filters = [
            (header, text)
            for header, text in self.filters
            if header.lower() != wanted or (value is not None and text != value)
        ]


def _sign(wanted: str) -> tuple[bool, str]:
    text = wanted.lstrip("+- ")
    return "-" not in wanted[: len(wanted) - len(text)], text


def _matches(value: str, text: str) -> bool:
    if not text.startswith("/"):
        return value.lower() == text.lower()
    try:
        return re.search(text.strip("/"), value) is not None
    except re.error:
        # A pattern that does not compile matches nothing.
        return False
