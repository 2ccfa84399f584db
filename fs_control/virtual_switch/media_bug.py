"""A media bug: something that takes part in a channel's sound, such as a listener or a mute.

Owns MEDIA_BUG_START and MEDIA_BUG_STOP, for there is no sound here (traces supervise-eavesdrop, talk-mute and
talk-three-way-customer-leaves). Easy to break: a bug goes with the channel, not with a bridge, and it ends the moment
the channel is hung up, before whoever put it there has noticed.
"""

from __future__ import annotations

from fs_control.virtual_switch.channel import Channel


class MediaBug:
    """One bug on one channel, from its beginning on."""

    def __init__(self, channel: Channel, function: str, target: str) -> None:
        self._channel = channel
        self._told = (("Media-Bug-Function", function), ("Media-Bug-Target", target))
        self._stopped = False
        channel.fire("MEDIA_BUG_START", before=self._told)
        channel.on_change.append(self._look_at_channel)

    def stop(self) -> None:
        """End it; a second time nothing happens."""
        if self._stopped:
            return
        self._stopped = True
        self._channel.on_change.remove(self._look_at_channel)
        self._channel.fire("MEDIA_BUG_STOP", before=self._told)

    def _look_at_channel(self) -> None:
        if self._channel.down:
            self.stop()
