"""PINs are compared beside the inbox, and a PIN is nowhere but in the vault and in the comparison (A17)."""

from __future__ import annotations

import gevent
import structlog

from fs_control.commands import CollectDigits, VerifyPin
from fs_control.errors import RemoteFault
from fs_control.events import PinChecked
from fs_control.ids import CallId, LegId, OpId, seconds
from fs_control.runtime.pin_checks import MOST_WAITING, PinChecks
from fs_control.runtime.vault import Vault
from fs_control.switch import SecretDigits
from tests.unit.runtime.desk import Notes

CALL, LEG, OP = CallId("call"), LegId("leg"), OpId("call.1")
ASKED = VerifyPin(CALL, "8001", "1009", "secret:pin")


class Pins:
    """Knows one PIN, or is away."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.asked: list[tuple[str, str]] = []
        self._fault = fault

    def check(self, number: str, pin: str) -> bool:
        self.asked.append((number, pin))
        gevent.sleep(0)
        if self._fault is not None:
            raise self._fault
        return (number, pin) == ("8001", "4711")


def a_vault(typed: str = "4711") -> Vault:
    """A vault in which a PIN lies that was typed."""
    vault = Vault()
    vault.expect(CollectDigits(CALL, LEG, OP, (), 12, seconds(5), secret="secret:pin"))
    vault.hidden(SecretDigits(LEG, None, OP, typed))
    return vault


def answered(pins: Pins | None, vault: Vault, *questions: VerifyPin) -> list[PinChecked]:
    notes = Notes()
    checks = PinChecks(pins, vault, notes)
    for question in questions:
        checks.put(question)
    with gevent.Timeout(10):
        while len(notes) < len(questions):
            gevent.sleep(0)
    return [event for event in notes if isinstance(event, PinChecked)]


def test_A17_a_pin_is_right_or_wrong() -> None:
    (right,) = answered(Pins(), a_vault(), ASKED)
    (wrong,) = answered(Pins(), a_vault("4712"), ASKED)
    assert (right.ok, wrong.ok) == (True, False)
    assert (right.call, right.number, right.phone, right.fault) == (CALL, "8001", "1009", "")


def test_A17_a_pin_is_taken_once_and_not_kept() -> None:
    vault = a_vault()
    first, second = answered(Pins(), vault, ASKED, ASKED)
    assert {first.fault, second.fault} == {"", "secret_lost"}
    assert "4711" not in repr(vars(vault))


def test_A17_a_database_that_is_away_and_a_defect_are_no_wrong_pin() -> None:
    (away,) = answered(Pins(RemoteFault("database_away")), a_vault(), ASKED)
    (defect,) = answered(Pins(ZeroDivisionError()), a_vault(), ASKED)
    assert (away.ok, away.fault, defect.ok, defect.fault) == (False, "database_away", False, "ZeroDivisionError")


def test_A17_nobody_has_a_pin_where_there_are_none() -> None:
    (told,) = answered(None, a_vault(), ASKED)
    assert (told.ok, told.fault) == (False, "no_pins")


def test_A17_who_guesses_with_many_phones_at_once_waits_in_line() -> None:
    vault = Vault()
    questions = [VerifyPin(CallId(f"call-{each}"), "8001", "1009", "secret:pin") for each in range(MOST_WAITING + 1)]
    for number, question in enumerate(questions):
        op = OpId(f"op-{number}")
        vault.expect(CollectDigits(question.call, LEG, op, (), 12, seconds(5), secret="secret:pin"))
        vault.hidden(SecretDigits(LEG, None, op, "4711"))
    faults = [event.fault for event in answered(Pins(), vault, *questions)]
    assert sorted(faults) == [""] * MOST_WAITING + ["busy"]


def test_A17_the_log_says_what_came_of_it_and_no_pin() -> None:
    with structlog.testing.capture_logs() as logs:
        answered(Pins(), a_vault(), ASKED)
    (line,) = logs
    assert (line["agent"], line["phone"], line["outcome"]) == ("8001", "1009", "right")
    assert "4711" not in repr(logs)
