"""Telephone numbers and names of people made unreadable in a journal that still folds to the same decisions.

Owns what each was replaced by. Equal things stay equal and different ones different, in whatever form a number is
written: of its digits the last six are replaced by others, always by the same, so that country, carrier and area are as
they were. Easy to break: ids, digests and moments are digits too, and must stay what they are; and a flow is known by
a digest of its text, so where numbers in the text are masked its key is another one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from zlib import crc32

from fs_control.flow.definition import flow_key
from fs_control.ids import parse_phone_number
from fs_control.runtime.codec import sum_of

HIDDEN: Final = 6
"""So many digits at the end of a number are replaced."""

SHORTEST: Final = 7
"""What has fewer digits is no telephone number of a person, but a service, an extension, an agent."""

LONGEST: Final = 15
"""As E.164 has it; what is longer is a moment."""

_NUMBERS: Final = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # an id
    r"|@[0-9a-f]{12}\b"  # the digest of a flow
    rf"|(?<![0-9A-Za-z])(?P<number>[0-9]{{{SHORTEST},{LONGEST}}})(?![0-9A-Za-z])"
)

WRITTEN: Final = frozenset(
    {"caller", "raw", "e164", "number", "to", "sent_to", "dialled", "caller_number", "divert_to"}
)
"""Fields in which a number may stand as people write it, with blanks or hyphens in it."""

NAMES: Final = frozenset({"caller_name", "note", "caller.name", "customer.name"})
"""Fields that hold the name of a person, or what somebody wrote about one."""

AS_THEY_ARE: Final = frozenset({"dial_rules", "typed"})
"""The beginnings of numbers that may be dialled, and keys that stand in the journal one by one."""

DRAWS: Final = 20


class Mask:
    """Masks lines of one journal; `draw` gives a number below the one it is given, by chance."""

    def __init__(self, draw: Callable[[int], int], region: str = "CN") -> None:
        self._draw = draw
        self._region = region
        self._ends: dict[str, str] = {}
        self._taken: set[str] = set()
        self._names: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def learn(self, lines: Iterable[bytes]) -> None:
        """Look for the flows that lines hold, before any of them is masked: their keys stand elsewhere."""
        for line in lines:
            if b'"DirectoryLoaded"' in line:
                for flow in json.loads(line)["event"].get("flows", ()):
                    name, text = flow["name"], flow["text"]
                    self._keys[flow_key(name, text)] = flow_key(name, self._text(text))

    def line(self, line: bytes) -> bytes:
        """Return a line masked, with the checksum that it has now; ValueError where it is none of ours."""
        shape = json.loads(line)
        if not isinstance(shape, dict):
            raise ValueError("no line of a journal")
        shape.pop("crc", None)
        masked = json.dumps(self._value(shape, ""), ensure_ascii=False, separators=(",", ":"))
        rest = masked.encode("utf-8", "replace")[1:]
        return sum_of(crc32(rest)) + rest

    def _value(self, value: Any, field: str) -> Any:
        match value:
            case _ if field in AS_THEY_ARE:
                return value
            case dict():
                is_person = "name" in value and "number" in value
                return {self._text(key): self._field(inner, key, is_person) for key, inner in value.items()}
            case list():
                return [self._value(each, field) for each in value]
            case str() if field == "via":
                by, between, note = value.partition(": ")
                return f"{by}{between}{self._name(note)}"
            case str():
                return self._written(value) if field in WRITTEN else self._text(value)
            case _:
                return value

    def _field(self, value: Any, field: str, is_person: bool) -> Any:
        if isinstance(value, str) and (field in NAMES or (is_person and field == "name")):
            return self._name(value)
        return self._value(value, field)

    # --- numbers ---

    def _text(self, text: str) -> str:
        """Mask the numbers in a text, and the key of a flow."""
        return self._keys.get(text) or _NUMBERS.sub(self._found, text)

    def _found(self, found: re.Match[str]) -> str:
        return self._number(found[0]) if found["number"] else found[0]

    def _written(self, text: str) -> str:
        """Mask a number as people write it; what holds anything else is a text."""
        digits = "".join(sign for sign in text if sign.isdecimal())
        if not re.fullmatch(r"\+?[0-9 ().-]+", text) or not SHORTEST <= len(digits) <= LONGEST:
            return self._text(text)
        masked = iter(self._number(digits))
        return "".join(next(masked) if sign.isdecimal() else sign for sign in text)

    def _number(self, digits: str) -> str:
        end = digits[-HIDDEN:]
        if end not in self._ends:
            self._ends[end] = self._drawn(digits)
            self._taken.add(self._ends[end])
        return digits[:-HIDDEN] + self._ends[end]

    def _drawn(self, digits: str) -> str:
        """Draw other digits; if possible such that the number is still one of its kind, for flows may ask for that."""
        kind = parse_phone_number(digits, self._region).kind
        free = ""
        for _ in range(DRAWS):
            free = self._free()
            if parse_phone_number(digits[:-HIDDEN] + free, self._region).kind is kind:
                break
        return free

    def _free(self) -> str:
        while True:
            end = f"{self._draw(10**HIDDEN):0{HIDDEN}}"
            if end not in self._taken:
                return end

    # --- names ---

    def _name(self, name: str) -> str:
        if not name.strip():
            return name
        if self._written(name) != name:
            return self._written(name)  # where nobody has a name, the number stands for it
        return self._names.setdefault(name, f"name-{len(self._names) + 1}")
