"""Proves stored calls one after the other, and writes down what the switch knows better.

Owns which calls can be held against the switch's legs, and which cannot yet. Easy to break: nothing is kept of a call
that adds up, so that a year of calls can be proved in the memory of a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from fs_control.cdr import TOLERANCE, Finding, FindingCode, corrected, verify
from fs_control.ids import CallId, Micros, seconds
from fs_control.records import FROM_SWITCH, CallRecord, Correction, SwitchLeg
from fs_control.store.corrections import PostgresCorrections
from fs_control.store.ledger import PostgresLedger, ProvableCall
from fs_control.store.undo_steps import Author

TOLD_WITHIN: Final = seconds(60)
"""The switch writes a leg's record when it is over, and we read it a few seconds later: so long none is missed."""


@dataclass(frozen=True, slots=True)
class Flawed:
    """A call that does not add up, with what was written down about it; `record` is None for legs without a call."""

    call: CallId | None
    record: CallRecord | None
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(slots=True)
class Proof:
    """What has been proved so far."""

    calls: int = 0
    flawed: int = 0
    not_compared: int = 0
    """Calls of which the switch told nothing, and need not have: from before it did, or of a moment ago."""
    put_right: int = 0
    """Calls that read as they do because of corrections, earlier ones among them."""
    left: int = 0
    """Findings that no correction answers."""
    codes: dict[FindingCode, int] = field(default_factory=dict)


class Prover:
    """One run over the calls of an enterprise."""

    def __init__(
        self,
        ledger: PostgresLedger,
        now: Micros,
        corrections: PostgresCorrections | None = None,
        by: str = "",
        tolerance: Micros = TOLERANCE,
    ) -> None:
        """`corrections`: where differences that the switch knows better are written; None leaves them."""
        self._ledger = ledger
        self._tolerance = tolerance
        self._author = Author(by, now)
        self._corrections = corrections
        self._due_since = ledger.told_since()
        self._due_until = Micros(now - TOLD_WITHIN)
        self.proof = Proof()
        self.watch: Callable[[int], None] = _unwatched
        """Told how many calls have been proved, after each page."""

    def prove_all(self, started_from: Micros | None = None, started_before: Micros | None = None) -> Iterator[Flawed]:
        """Yield the calls of a period that do not add up, the oldest first, and then legs that have no call."""
        for page in self._ledger.pages(started_from, started_before):
            yield from self._prove(page)
            self.watch(self.proof.calls)
        for leg in self._ledger.legs_without_call(self._due_until, started_from, started_before):
            finding = Finding(FindingCode.LEG_WITHOUT_CALL, {"leg": leg.leg, "at": leg.created_at})
            yield self._note(Flawed(leg.call, None, (finding,)))

    def prove_one(self, call: CallId) -> Iterator[Flawed]:
        """Yield this call, if it does not add up."""
        yield from self._prove(self._ledger.of_calls([call]))

    def _prove(self, calls: Sequence[ProvableCall]) -> Iterator[Flawed]:
        found = []
        for call in calls:
            self.proof.calls += 1
            findings = verify(call.record, self._legs(call), self._tolerance)
            self.proof.put_right += bool(call.record.corrections)
            if findings:
                found.append(self._corrected(call, findings))
        if self._corrections is not None:
            wanted = [(each.call, one) for each in found for one in each.corrections if each.call is not None]
            self._corrections.write(wanted)
        yield from map(self._note, found)

    def _legs(self, call: ProvableCall) -> Sequence[SwitchLeg] | None:
        """Return the legs that a call can be held against; None as long as the switch may not have told them all."""
        record = call.record
        is_told = any(leg.leg == record.leg for leg in call.legs)
        is_due = self._due_since is not None and self._due_since <= (record.ended_at or 0) <= self._due_until
        if is_told or is_due:
            return call.legs
        self.proof.not_compared += 1
        return None

    def _corrected(self, call: ProvableCall, findings: tuple[Finding, ...]) -> Flawed:
        """Note what the switch knows better, and which findings are left when the call is read so."""
        record, by, now = call.record, self._author.by, self._author.now
        corrections = tuple(
            Correction(each.change.field, each.change.stored, each.change.corrected, each.code, FROM_SWITCH, now, by)
            for each in findings
            if self._corrections is not None and each.change is not None
        )
        if corrections:
            self.proof.put_right += not record.corrections
            put_right = corrected(record, (*record.corrections, *corrections))
            self.proof.left += len(verify(put_right, call.legs, self._tolerance))
        else:
            self.proof.left += len(findings)
        return Flawed(record.call_id, record, findings, corrections)

    def _note(self, flawed: Flawed) -> Flawed:
        self.proof.flawed += 1
        self.proof.left += flawed.record is None
        for finding in flawed.findings:
            self.proof.codes[finding.code] = self.proof.codes.get(finding.code, 0) + 1
        return flawed


def _unwatched(_calls: int) -> None:
    """Nobody wants to know how far it is."""
