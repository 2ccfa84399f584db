"""Flows damaged as hands, editors and disks damage them: for a seed, always the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Final

from fs_control.flow.characters import MAX_CHARACTERS
from fs_control.flow.words_zh import KEYS, WORDS
from tests.unit.flow.test_chinese_words import SMALL
from tests.unit.flow.test_flow_whole_language import OTHER, WHOLE

ROOT: Final = Path(__file__).parents[2]
GOOD: Final = [
    *(path.read_bytes() for path in sorted((ROOT / "ivr_flows").glob("*.yaml"))),
    *(text.encode() for text in (WHOLE, OTHER, SMALL)),
]
BROKEN: Final = [path.read_bytes() for path in sorted((ROOT / "tests/data/broken_flows").glob("*.yaml"))]
INJURIES_OF_A_FILE: Final = (1, 1, 1, 2, 3, 6)

PIECES: Final = [
    *("：", "，", "、", "“", "”", "｛", "｝", "　", "\u00a0", "\u200b", "\ufeff", "１", "＊", "≥"),
    *("{", "}", "[", "]", ":", ": ", ",", "- ", "? ", "#", " #", "*", "&a ", "*a", "!x ", "!!int ", "|", ">", "'", '"'),
    *(
        "\t",
        "\n",
        "\r",
        "\r\n",
        "  ",
        "    ",
        "\x00",
        "\x1b",
        "\x85",
        "\u2028",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
    ),
    *("010", "0800", "10:30", "1_000", "0x10", "1e5", ".inf", "9" * 40, "-1", "2.5", "no", "on", "yes", "~", "null"),
    *(
        "= ",
        "= a + ",
        "{x}",
        "{caller.number}",
        "{x:money}",
        "{",
        "customer.vip",
        "9**9",
        "(" * 60,
        "not " * 60,
        "@",
        "`",
    ),
    *(word for word in KEYS),
    *(word for words in KEYS.values() for word in words),
    *(word for words in WORDS.values() for chinese in words.values() for word in chinese),
]

STARTS: Final = ("", "{", "[", "a: ", "flow: f\nlanguage: zh\nstart: a\nsteps:\n")

Injury = Callable[[bytes, Random], bytes]


def damaged(chance: Random) -> bytes:
    """Return a flow, damaged a few times over."""
    data = chance.choice(GOOD if chance.random() < 0.7 else BROKEN)
    for _ in range(chance.choice(INJURIES_OF_A_FILE)):
        data = chance.choice(INJURIES)(data, chance)
    return data


def random_yaml(chance: Random) -> bytes:
    """Return pieces of YAML one behind the other."""
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 60))).encode("utf-8", "surrogatepass")


def random_bytes(chance: Random) -> bytes:
    """Return what is no file of ours."""
    return chance.randbytes(chance.randint(0, 200))


def large(chance: Random) -> bytes:
    """Return a file as large as is read, of one thing again and again."""
    pieces = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 8))) + chance.choice(("", "\n", ": a\n"))
    times = (MAX_CHARACTERS - 100) // len(pieces)
    return (chance.choice(STARTS) + pieces * times).encode("utf-8", "surrogatepass")


def _flip(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    at = chance.randint(0, len(text))
    return (text[:at] + chance.choice(PIECES) + text[at + chance.randint(0, 3) :]).encode("utf-8", "surrogatepass")


def _swap_word(data: bytes, chance: Random) -> bytes:
    words = data.decode("utf-8", "replace").split(" ")
    words[chance.randrange(len(words))] = chance.choice(PIECES)
    return " ".join(words).encode("utf-8", "surrogatepass")


def _of_lines(change: Callable[[list[bytes], Random], None]) -> Injury:
    def injury(data: bytes, chance: Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, chance)
        return b"\n".join(lines)

    return injury


def _any(lines: Sequence[bytes], chance: Random) -> int:
    return chance.randrange(len(lines))


def _double(lines: list[bytes], chance: Random) -> None:
    lines.insert(_any(lines, chance), lines[_any(lines, chance)])


def _remove(lines: list[bytes], chance: Random) -> None:
    del lines[_any(lines, chance)]


def _indent(lines: list[bytes], chance: Random) -> None:
    at = _any(lines, chance)
    lines[at] = b" " * chance.randint(0, 8) + lines[at].lstrip()


def _exchange(lines: list[bytes], chance: Random) -> None:
    one, other = _any(lines, chance), _any(lines, chance)
    lines[one], lines[other] = lines[other], lines[one]


INJURIES: Final[tuple[Injury, ...]] = (
    *(_flip, _insert, _insert, _swap_word),
    *map(_of_lines, (_double, _remove, _indent, _exchange)),
)
