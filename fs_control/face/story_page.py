"""A told call on a terminal: 80 columns, with colours where there are some and readable where there are none.

Knows how things look and nothing about calls. Each kind of segment has a colour and a shade of its own, so that the
bar can be read in a pipe too. Columns are measured in cells: a Chinese character takes two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from fs_control.face.story import Story, StorySegment, in_seconds
from fs_control.records import SegmentKind
from fs_control.texts import sentence

BAR_WIDTH: Final = 72

_LOOKS: Final = {
    SegmentKind.IVR: ("░", "blue"),
    SegmentKind.LINE: ("▒", "yellow"),
    SegmentKind.RING: ("▓", "magenta"),
    SegmentKind.TALK: ("█", "green"),
    SegmentKind.HOLD: ("▚", "cyan"),
    SegmentKind.CONSULT: ("▞", "bright_blue"),
}


def story_page(story: Story, language: str) -> RenderableType:
    """Return a story as something that a rich console prints."""
    parts: list[RenderableType] = [
        _title(story),
        Text(story.when, style="dim"),
        Text(story.opening, style="bold"),
        Text(),
    ]
    parts += [_happened(story), Text()]
    if story.segments:
        parts += [_bar(story.segments), _legend(story.segments, language)]
    parts.append(Padding(Text(story.sum, style="dim"), (0, 0, 0, 2)))
    return Group(*parts)


def print_story(console: Console, story: Story, language: str) -> None:
    """Print a story with a blank line behind it."""
    console.print(story_page(story, language), highlight=False)
    console.print()


def _title(story: Story) -> RenderableType:
    title = Text.assemble((story.title, "bold cyan"), "  ", (story.verdict, "bold"))
    return Rule(title, align="left", style="cyan")


def _happened(story: Story) -> RenderableType:
    """Return the lines with the clock before them; a moment is written once."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(ratio=1, overflow="fold")
    shown = ""
    for line in story.lines:
        clock = story.clock(line.at)
        table.add_row("" if clock == shown else clock, Text(line.text, style="dim" if line.is_aside else ""))
        shown = clock
    return Padding(table, (0, 0, 0, 2))


def _bar(segments: Sequence[StorySegment]) -> RenderableType:
    bar = Text()
    for segment, width in zip(segments, widths([segment.tenths for segment in segments], BAR_WIDTH), strict=True):
        shade, colour = _LOOKS[segment.kind]
        bar.append(shade * width, style=colour)
    return Padding(bar, (0, 0, 0, 2))


def widths(lengths: Sequence[int], total: int) -> list[int]:
    """Share `total` cells among lengths in proportion; whatever lasted at all gets one cell at least."""
    whole = sum(lengths)
    if whole == 0:
        return [0] * len(lengths)
    shares = [max(1, length * total // whole) if length else 0 for length in lengths]
    longest = max(range(len(lengths)), key=lambda index: lengths[index])
    shares[longest] = max(1, shares[longest] + total - sum(shares))
    return shares


def _legend(segments: Iterable[StorySegment], language: str) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim")
    for segment in segments:
        shade, colour = _LOOKS[segment.kind]
        length = sentence("story.seconds", {"seconds": in_seconds(segment.tenths)}, language)
        ended = (
            Text(sentence("story.segment_ended", {"by": segment.ended_by}, language)) if segment.ended_by else Text()
        )
        table.add_row(Text(shade * 2, style=colour), Text(segment.what), Text(length), ended)
    return Padding(table, (0, 0, 0, 2))
