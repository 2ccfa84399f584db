"""The names of our own channel variables, and of the place in the dialplan that hands a leg to us again."""

from typing import Final

CALL_VARIABLE: Final = "fsc_call_id"
ENTERPRISE_VARIABLE: Final = "fsc_enterprise"
NUMBER_VARIABLE: Final = "fsc_number"
DIGITS_VARIABLE: Final = "fsc_digits"
SECRET_VARIABLE: Final = "fsc_secret"
"""Where a secret input is for the moment between its last key and its being taken away again."""

PHONE_VARIABLE: Final = "fsc_phone"
"""Set by the dialplan of our phones and by nothing else: which of them dialled, as it authenticated itself."""

WAITED_VARIABLE: Final = "fsc_waited"
WAITED_LONG: Final = "long"
"""Set by the dialplan when a quarter of its tries to hand a leg over was in vain; taken back when it is to try anew."""

RETURN_CONTEXT: Final = "fs_control_return"
RETURN_EXTENSION: Final = "fs_control"
"""Any extension of that context is handed to us; this one says that nobody dialled it."""
