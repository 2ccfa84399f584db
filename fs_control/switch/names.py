"""The names of our own channel variables."""

from typing import Final

CALL_VARIABLE: Final = "fsc_call_id"
ENTERPRISE_VARIABLE: Final = "fsc_enterprise"
DIGITS_VARIABLE: Final = "fsc_digits"
