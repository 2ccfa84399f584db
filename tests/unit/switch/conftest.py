"""What a real FreeSWITCH said (tests/traces), as the messages that `decode` is given."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fs_control.esl import ChannelData, Connect, EventMessage, Headers

TRACES = Path(__file__).parents[2] / "traces"


def frames_of(trace: str, wire: str) -> Iterator[tuple[bytes, bytes]]:
    """The frames that came on one wire, as head and rest."""
    with gzip.open(TRACES / f"{trace}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record.get("wire") == wire and record["dir"] == "recv":
                head, _, rest = record["frame"].encode().partition(b"\n\n")
                yield head, rest


@pytest.fixture
def messages() -> Callable[[str, str], list[EventMessage]]:
    """All events of one wire of one trace."""

    def messages_of(trace: str, wire: str) -> list[EventMessage]:
        found = [rest.partition(b"\n\n") for head, rest in frames_of(trace, wire) if b"text/event-plain" in head]
        return [EventMessage(Headers(block), body) for block, _, body in found]

    return messages_of


@pytest.fixture
def channel() -> Callable[[str], ChannelData]:
    """The answer to `connect` of one trace."""

    def channel_of(trace: str) -> ChannelData:
        head = next(head for head, _ in frames_of(trace, "outbound-1") if b"CHANNEL_DATA" in head)
        return ChannelData(Connect(), Headers(head))

    return channel_of
