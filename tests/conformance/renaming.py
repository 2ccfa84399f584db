"""What may differ between two recordings of the same thing: ids, moments, lengths of time, ports and other names.

Owns the rules, by header name and by form, and the table of ids that stand for each other. Everything that no rule
names has to be equal. Pure. Easy to break: an id is renamed, not ignored: one that stands for another in one place has
to stand for it everywhere, and two different ids never stand for the same one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

UUID: Final = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")

BRANCH: Final = re.compile(r"\bbranch=[\w.+~-]+")

NOT_COMPARED: Final = frozenset(
    """Content-Length Event-Sequence Event-Calling-Line-Number FreeSWITCH-IPv4 FreeSWITCH-IPv6 variable_rtp_use_ssrc
    variable_sip_cseq variable_rtp_audio_in_skip_packet_count Linger-Time variable_Event-Sequence""".split()
)
"""Lengths of what is compared itself, places in a source, addresses of the machine, numbers made by chance, and how
often a timer found no sound.
"""

FORMS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"\bVersion [\d#][^)]*\)"), "<version>"),
    # Where the switch is installed: each recording had a folder of its own.
    (re.compile(r"(/tmp/[\w-]+-\w{8}|/usr/local/freeswitch)(?=/)"), "<base>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b"), "<date>"),
    (re.compile(r"\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\b"), "<date>"),
    (re.compile(r"\b1[789]\d{14}\b"), "<moment>"),
    (re.compile(r"\b1[789]\d{8}\b"), "<epoch>"),
    (re.compile(r"\btag=[\w.+~-]+"), "tag=<tag>"),
    (re.compile(r"\b\d+-[\w]+@(?=127\.0\.0\.1)"), "<call-id>@"),
    (re.compile(r"(?<=\bm=audio )\d+"), "<port>"),
    (re.compile(r"(?<=\bo=)FreeSWITCH \d+ \d+"), "FreeSWITCH <session> <version>"),
    # A phone counts its descriptions as it likes: those of sipp have numbers of their scenarios.
    (re.compile(r"(?<=\bo=user1 )(\d+) \d+"), r"\1 <version>"),
    # The switch itself and the phones of the directory are where they always are; everybody else is anywhere.
    (re.compile(r"(?<=127\.0\.0\.1:)(?!5060\b|6\d\d\d\b)\d+"), "<port>"),
)
"""What has the same form on both sides is the same."""


def _moment(value: str) -> str:
    """0: has not happened."""
    return value if value in ("", "0") else "<moment>"


def _number(value: str) -> str:
    return "<number>" if value.isdecimal() else value


def _port(value: str) -> str:
    fixed = value == "5060" or (len(value) == 4 and value.startswith("6"))
    return value if fixed or not value.isdecimal() else "<port>"


def _some(value: str) -> str:
    """A count of packets, bytes or samples: as long as the thing took, but 0 is 0."""
    return "<some>" if value.isdecimal() and int(value) else value


BY_NAME: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r".*-Time|Event-Date-Timestamp|.*Last-Hold|variable_\w+_(u?epoch|stamp)", _moment),
        (r"variable_(session_id|sip_cseq)", _number),
        (r"variable_sip_(to|from)_tag", lambda value: "<tag>" if value else ""),
        (r"variable_(local|remote)_media_port", lambda value: "<port>" if value.isdecimal() else value),
        (r"variable_sip_(from|to|contact|network|received|via|reply)_port|network[-_]port", _port),
        (r"variable_rtp_audio_\w+_(count|bytes)|variable_playback_(last_offset_pos|samples)", _some),
        (r"variable_record_(samples|file_size|record_file_size)", _some),
        (r"calls-(in|out)|failed-calls-(in|out)", lambda _: "<count>"),
    )
)
"""Rules for headers by their whole name; the first that fits is used."""

LENGTHS: Final[tuple[tuple[re.Pattern[str], float], ...]] = tuple(
    (re.compile(pattern), unit)
    for pattern, unit in (
        (r"variable_(duration|\w+sec(onds)?|\w+_seconds)|run_time|join_time|last_talking", 1.0),
        (r"variable_(mduration|\w+msec|\w+_ms)", 1e-3),
        (r"variable_(uduration|\w+usec)|.*Hold-Accum", 1e-6),
    )
)
"""Lengths of time and their units in seconds, longest names last: `billmsec` also ends in `sec`."""

TOLERANCE: Final = 1.6
"""Seconds by which two lengths of the same thing may differ."""
LOST_SOUND: Final = 0.05
"""The part of a long prompt that a busy machine may not have sent while the prompts were recorded."""

NUMBERED: Final = re.compile(r"Old-ID|New-ID|Member-ID|variable_conference_member_id|id")
"""Ids that count from the start of the switch."""


@dataclass
class Ids:
    """Which id of one recording stands for which of the other."""

    ours: dict[str, str] = field(default_factory=dict)
    """By the id in theirs."""
    theirs: dict[str, str] = field(default_factory=dict)
    """By the id in ours."""

    def stand_for_each_other(self, theirs: str, ours: str) -> bool:
        """Whether two ids do; two that have never been seen do from now on."""
        if theirs not in self.ours and ours not in self.theirs:
            self.ours[theirs], self.theirs[ours] = ours, theirs
        return self.ours.get(theirs) == ours


def same(name: str, theirs: str, ours: str, ids: Ids) -> bool:
    """Whether two values of a header say the same."""
    if name in NOT_COMPARED:
        return True
    if NUMBERED.fullmatch(name) and theirs.isdecimal() and ours.isdecimal():
        return ids.stand_for_each_other(f"number {theirs}", f"number {ours}")
    unit = _unit(name)
    if unit is not None and _is_number(theirs) and _is_number(ours):
        # Whole seconds are those of the clock on the wall: 0.2 s can be 1 and 1.8 s too.
        lost = float(theirs) * unit * LOST_SOUND if name.startswith("variable_playback_") else 0.0
        return abs(float(theirs) - float(ours)) * unit <= TOLERANCE + lost + (1.0 if unit == 1.0 else 0.0)
    # A phone may make its branches of any id of the call.
    their_ids, our_ids = (UUID.findall(BRANCH.sub("", value)) for value in (theirs, ours))
    if len(their_ids) != len(our_ids) or renamed(name, theirs) != renamed(name, ours):
        return False
    # Every pair has to be looked at, also after one that does not fit.
    matches = [ids.stand_for_each_other(one, other) for one, other in zip(their_ids, our_ids, strict=True)]
    return all(matches)


def renamed(name: str, value: str) -> str:
    """A value with everything replaced that may differ."""
    for pattern, rule in BY_NAME:
        if pattern.fullmatch(name):
            return rule(value)
    value = UUID.sub("<uuid>", BRANCH.sub("branch=<branch>", value))
    for pattern, name_of_form in FORMS:
        value = pattern.sub(name_of_form, value)
    return value


def _unit(name: str) -> float | None:
    found = [unit for pattern, unit in LENGTHS if pattern.fullmatch(name)]
    return found[-1] if found else None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
