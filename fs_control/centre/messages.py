"""Messages that callers leave (N7): from the tone to the row that the call's record takes to the database.

The message is a part of the record, so it is as safe as that: in the outbox, whatever dies. Easy to break: who hangs
up ends the message, and the switch tells how long it is only after the leg's end; so its length is what lies between
the tone and the hang-up. The same goes for what was recorded while we were not there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fs_control.centre.state import LiveCall, MessageUnderWay
from fs_control.centre.step import Step
from fs_control.commands import BEEP_SUFFIX, RecordMessage
from fs_control.events import MessageRecorded, PromptFinished
from fs_control.flow import TakeMessage
from fs_control.ids import NEVER, SECOND, Micros, TimerId, seconds
from fs_control.records import Disposition, MessageLeft, OfferResult

SHORTEST: Final = SECOND
"""Who says nothing for a second and hangs up has left no message."""

TOLD_LATE: Final = seconds(10)
"""The switch ends a message up to two seconds late; after this time it will not tell any more."""

_ALL_SILENT_WITHIN: Final = Micros(300_000)
"""By so much a time of nothing but silence may be longer than the silence that ended it.

Its sound tells nothing: some phones send silence, and it is recorded; others send nothing (trace message).
"""


def begin(step: Step, live: LiveCall, order: TakeMessage) -> LiveCall:
    """Beep and record; only while something can be played on the leg."""
    call, op = live.call.with_next_op()
    message = MessageUnderWay(op, order.box, f"message-{op}.wav", seconds(order.max_s), seconds(order.silence_s))
    step.order(RecordMessage(call.id, call.leg, op, message.file, message.longest, message.silence, order.end_key))
    step.start_timer(TimerId(f"message:{call.id}"), Micros(message.longest + TOLD_LATE))
    return step.keep(replace(live, call=call, heard=order, message=message))


def tone_over(step: Step, live: LiveCall, event: PromptFinished) -> None:
    """The tone before the recording is over: the caller speaks from now on."""
    message = live.message
    if message is not None and event.op == message.op + BEEP_SUFFIX and message.began_at is None:
        step.keep(replace(live, message=replace(message, began_at=step.moment)))


def recorded(step: Step, live: LiveCall, event: MessageRecorded) -> tuple[LiveCall, float]:
    """Return the call with the message in its record, and how long it is in seconds: 0 where nothing was said."""
    message = live.message
    assert message is not None  # the caller of this function looked
    took = Micros(step.moment - message.began_at) if message.began_at is not None else event.length
    only_silence = event.went_silent and took <= message.silence + _ALL_SILENT_WITHIN
    return _keep(step, live, message, NEVER if only_silence else event.length)


def may_be_over(live: LiveCall) -> bool:
    """Tell whether a message was begun that the switch has finished without us, while it had the caller."""
    return live.message is not None and live.message.began_at is not None


def over_untold(step: Step, live: LiveCall) -> tuple[LiveCall, float]:
    """As `recorded`, where the switch has not told how long the message is: as long as there was time for it."""
    message = live.message
    if message is None:
        return live, 0.0
    spoken = NEVER if message.began_at is None else Micros(step.moment - message.began_at)
    return _keep(step, live, message, min(spoken, message.longest))


def _keep(step: Step, live: LiveCall, message: MessageUnderWay, length: Micros) -> tuple[LiveCall, float]:
    step.cancel_timer(TimerId(f"message:{live.call.id}"))
    live = replace(live, message=None, heard=None)
    if length < SHORTEST:
        return step.keep(live), 0.0
    left = MessageLeft(message.file, message.box, message.began_at or Micros(step.moment - length), length)
    record = replace(live.record, messages=(*live.record.messages, left))
    talked = any(offer.result is OfferResult.ACCEPTED for offer in record.offers)
    call = live.call if talked else replace(live.call, verdict=Disposition.LEFT_MESSAGE)
    return step.keep(replace(live, call=call, record=record)), length / SECOND
