"""The dialect of FreeSWITCH as we use it: the only room that knows header, application and variable names.

`decode_*` turn what the switch says into events, `encode_command` turns orders into what the switch understands. It
owns no state. Easy to break: a value that came from a caller (a name, a number) passes `dial_string_value` before it
stands in a dial string, or it becomes part of the command.
"""

from fs_control.switch.decode import FILTERS, SUBSCRIPTION, decode_event, decode_offer, decode_return
from fs_control.switch.dialect import Dialect, Via, WireOrder
from fs_control.switch.encode import encode_command
from fs_control.switch.secret import SecretDigits

__all__ = [
    "FILTERS",
    "SUBSCRIPTION",
    "Dialect",
    "SecretDigits",
    "Via",
    "WireOrder",
    "decode_event",
    "decode_offer",
    "decode_return",
    "encode_command",
]
