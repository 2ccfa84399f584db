"""Where everybody is: switch, callers and phones share one machine.

Owns the address that stands for all of them in SIP and in events. Easy to break: nothing here listens outside of it.
"""

from typing import Final

HOST: Final = "127.0.0.1"

GATEWAY = "carrier"
"""The one gateway that there is; numbers behind it are played by phones of the stage that never register."""
