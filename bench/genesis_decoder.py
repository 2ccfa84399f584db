"""Genesis as a decoder: its own reader and parser, unchanged, on a stream in memory.

In its favour its events are looked at where its reader hands them on, so neither its queue nor its spans are counted.
"""

from __future__ import annotations

import asyncio
from typing import Any

from genesis.protocol import Protocol  # type: ignore[import-not-found]  # installed for peers alone

from bench.decoders import Look


class _Taker:
    """Stands where Genesis' queue is."""

    def __init__(self, look: Look) -> None:
        self._look = look

    async def put(self, event: Any) -> None:
        if event is not None:  # the end
            self._look(event.get)


class _Reader(Protocol):  # type: ignore[misc]  # Genesis ships no types
    """Genesis' reader without a connection."""


def decode_with_genesis(stream: bytes, look: Look) -> None:
    """Let Genesis' reader read the stream to its end."""
    asyncio.run(_decode(stream, look))


async def _decode(stream: bytes, look: Look) -> None:
    protocol = _Reader()
    protocol.events = _Taker(look)
    protocol.reader = asyncio.StreamReader()
    protocol.reader.feed_data(stream)
    protocol.reader.feed_eof()
    protocol.is_connected = True
    await protocol.handler()
