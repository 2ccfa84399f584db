"""A controller on plain Genesis that answers each call, bridges it to the next phone, and hangs up.

    tools/bench-env python -m bench.genesis_application 127.0.0.1 8084 40

The last argument is how many phones there are. Written as Genesis' own documentation writes its applications, with its
own settings. It has no flow, no line, no journal and no record.
"""

from __future__ import annotations

import asyncio
import sys
from itertools import cycle

from genesis import Outbound, Session  # type: ignore[import-not-found]  # installed for peers alone
from genesis.exceptions import ConnectionLost, SessionGoneAway  # type: ignore[import-not-found]

FIRST_PHONE = 1000


def main(host: str, port: str, phones: str) -> None:
    """Serve for ever."""
    free = cycle(range(FIRST_PHONE, FIRST_PHONE + int(phones)))

    async def serve(session: Session) -> None:
        try:
            await session.sendmsg("execute", "answer")
            await session.sendmsg("execute", "bridge", f"user/{next(free)}@{host}", block=True)
            await session.sendmsg("hangup", "", "NORMAL_CLEARING")
        except (ConnectionLost, SessionGoneAway):
            return  # the caller has hung up

    asyncio.run(Outbound(serve, host, int(port)).start())


if __name__ == "__main__":
    main(*sys.argv[1:])
