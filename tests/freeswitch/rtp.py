"""Keys that are pressed on a telephone, as packets of sound (RTP): named events, or the tones themselves.

Pure: owns no socket and no clock; one packet is 20 ms. Source of every rule: RFC 4733 for events, ITU-T Q.23 for
tones, ITU-T G.711 for A-law.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import pi, sin

from tests.freeswitch.sip import EVENT_PAYLOAD_TYPE

KEYS = "0123456789*#ABCD"
FRAME_MS = 20
SAMPLES_PER_FRAME = 160
SOURCE_ID = 0xF5C

ROWS = (697, 770, 852, 941)
COLUMNS = (1209, 1336, 1477, 1633)
KEYPAD = "123A456B789C*0#D"
LOUDNESS = 8_000
"""Of each of the two tones, where 32,767 is the loudest."""
PCMA = 8
SPEECH_HZ = 300
RATE = 8_000


def key_packets(key: str, sequence: int, timestamp: int, frames: int = 5) -> list[bytes]:
    """One key as RTP telephone events: `frames` packets that grow, then the end three times."""
    packets = []
    for number in range(frames + 3):
        kind = EVENT_PAYLOAD_TYPE | (0x80 if number == 0 else 0)
        header = struct.pack("!BBHII", 0x80, kind, (sequence + number) & 0xFFFF, timestamp, SOURCE_ID)
        end_and_volume = 10 | (0x80 if number >= frames else 0)
        length = min(number + 1, frames) * SAMPLES_PER_FRAME
        packets.append(header + struct.pack("!BBH", KEYS.index(key.upper()), end_and_volume, length))
    return packets


def tone_packets(key: str, sequence: int, timestamp: int, frames: int = 10) -> Iterator[bytes]:
    """One key as the sound that a telephone makes: two tones at once, so many `frames` long, then as much silence."""
    row, column = divmod(KEYPAD.index(key.upper()), len(COLUMNS))
    for number in range(2 * frames):
        first = number * SAMPLES_PER_FRAME
        loudness = LOUDNESS if number < frames else 0
        moments = (2 * pi * (first + sample) / RATE for sample in range(SAMPLES_PER_FRAME))
        sound = (loudness * (sin(ROWS[row] * moment) + sin(COLUMNS[column] * moment)) for moment in moments)
        header = struct.pack("!BBHII", 0x80, PCMA, (sequence + number) & 0xFFFF, timestamp + first, SOURCE_ID)
        yield header + bytes(a_law(round(sample)) for sample in sound)


def speech_packets(seconds: float, sequence: int, timestamp: int) -> Iterator[bytes]:
    """Somebody who says something for so long, as far as a switch can tell: a tone that grows and fades."""
    for number in range(round(seconds * 1000 / FRAME_MS)):
        first = number * SAMPLES_PER_FRAME
        moments = (2 * pi * (first + sample) / RATE for sample in range(SAMPLES_PER_FRAME))
        sound = (2 * LOUDNESS * sin(SPEECH_HZ * moment) * (1 + sin(3 * moment)) / 2 for moment in moments)
        header = struct.pack("!BBHII", 0x80, PCMA, (sequence + number) & 0xFFFF, timestamp + first, SOURCE_ID)
        yield header + bytes(a_law(round(sample)) for sample in sound)


def a_law(sample: int) -> int:
    """Compress 16 bits into 8 (ITU-T G.711): sign, three bits of exponent, four of mantissa, every other bit turned."""
    sign = 0x80 if sample >= 0 else 0
    size = min(abs(sample), 32_767) >> 4
    exponent = max(0, size.bit_length() - 4)
    mantissa = size >> max(0, exponent - 1) & 0x0F
    return (sign | exponent << 4 | mantissa) ^ 0x55
