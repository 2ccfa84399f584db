"""Somebody on a telephone who speaks a tone of their own all the time, and hears those of others: sound on the wire.

Owns one UDP socket (RTP, RFC 3550; G.711 A-law) and what came in on it. All tones are multiples of 50 Hz: a packet of
20 ms then holds whole waves of each, so that one is told from all others exactly, in any packet, begun anywhere.
Easy to break: whether somebody is heard is asked of the last packets that came, so a condition is waited for first.
"""

from __future__ import annotations

import struct
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, pairwise
from math import cos, hypot, pi, sin, sqrt

import gevent
from gevent import socket

from tests.freeswitch import rtp

TONE = 6_000
"""How loud each speaks, where 32,767 is the loudest: three at once still fit."""
HEARD = 500.0
"""A tone in a packet, from about a twelfth of what was spoken; what a codec adds is far below."""
AUDIBLE = 100.0
"""Any sound at all: -50 dB, and the tone that agents hear on hold is ten times as loud."""
LATELY = 25
"""So many packets (half a second) are looked at."""
RATE = rtp.RATE
FRAME = rtp.SAMPLES_PER_FRAME


@dataclass(frozen=True, slots=True)
class Frame:
    """What one packet brought: its place in the stream, in samples, and 20 ms of sound."""

    timestamp: int
    samples: tuple[int, ...]

    @property
    def loudness(self) -> float:
        """Root of the mean square: 0 for silence."""
        return float(hypot(*self.samples) / sqrt(len(self.samples)))

    def has(self, hertz: int) -> bool:
        """Whether this tone is in it (one place of the discrete Fourier transform)."""
        waves = [(2 * pi * hertz * n / RATE, sample) for n, sample in enumerate(self.samples)]
        real, imaginary = sum(s * cos(w) for w, s in waves), sum(s * sin(w) for w, s in waves)
        return 2 * hypot(real, imaginary) / len(self.samples) > HEARD


class Voice:
    """One end of a line."""

    def __init__(self, hertz: int, port: int = 0) -> None:
        """Listen at a port, or at any; who does not know where to speak to speaks to where the first sound is from."""
        self.hertz = hertz
        self.frames: deque[Frame] = deque(maxlen=2_000)
        self._socket = socket.socket(type=socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self._to: tuple[str, int] | None = None
        self._greenlets = [gevent.spawn(self._listen), gevent.spawn(self._speak)]

    def close(self) -> None:
        """Be silent and deaf."""
        gevent.killall(self._greenlets)
        self._socket.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._socket.getsockname()[1])

    def speak_to(self, port: int) -> None:
        """From now on speak to this port of the switch."""
        self._to = ("127.0.0.1", port)

    def hears(self, wanted: set[int], tones: Iterable[int]) -> bool:
        """Whether of these tones just those wanted are heard: in most of the last packets, the others in not one.

        The pauses of a tone that comes and goes, and packets that a busy machine lost, are no contradiction.
        """
        last = list(self.frames)[-LATELY:]
        times = {tone: sum(frame.has(tone) for frame in last) for tone in tones}
        is_there = all(times[tone] > LATELY // 2 for tone in wanted)
        return len(last) == LATELY and is_there and not any(times[tone] for tone in times.keys() - wanted)

    def forget(self) -> None:
        """Look at nothing that came before."""
        self.frames.clear()

    def pauses(self) -> list[float]:
        """The seconds between one sound and the next since `forget`, by the stream's own time."""
        loud = [frame.timestamp for frame in self.frames if frame.loudness > AUDIBLE]
        gaps = ((after - before) / RATE for before, after in pairwise(loud))
        return [gap for gap in gaps if gap > 2 * FRAME / RATE]

    def _listen(self) -> None:
        while True:
            data, where = self._socket.recvfrom(2_048)
            if self._to is None:
                self._to = where
            if data[1] & 0x7F == rtp.PCMA and len(data) == 12 + FRAME:
                timestamp = struct.unpack("!I", data[4:8])[0]
                self.frames.append(Frame(timestamp, tuple(LINEAR[byte] for byte in data[12:])))

    def _speak(self) -> None:
        waves = (TONE * sin(2 * pi * self.hertz * n / RATE) for n in range(FRAME))
        sound = bytes(rtp.a_law(round(sample)) for sample in waves)
        for number in count():
            gevent.sleep(rtp.FRAME_MS / 1000)
            if self._to is not None:
                header = struct.pack("!BBHII", 0x80, rtp.PCMA, number & 0xFFFF, number * FRAME & 0xFFFFFFFF, self.hertz)
                self._socket.sendto(header + sound, self._to)


def _linear(byte: int) -> int:
    """Expand 8 bits into 16 (ITU-T G.711): the inverse of `rtp.a_law`."""
    byte ^= 0x55
    exponent, mantissa = byte >> 4 & 0x07, byte & 0x0F
    size = (mantissa << 4) + 8 if exponent == 0 else ((mantissa << 4) + 0x108) << exponent - 1
    return size if byte & 0x80 else -size


LINEAR = tuple(_linear(byte) for byte in range(256))
