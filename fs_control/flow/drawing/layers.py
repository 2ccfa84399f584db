"""In which row each step stands: every arrow leads down, but for those that lead back.

The row of a step is the longest way to it from where callers come in. Arrows back are those that close a circle when
the flow is walked from its start, exit by exit in the order of the text; they take no part in the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fs_control.flow.drawing.graph import Arrow, Graph


def arrows_back(graph: Graph) -> frozenset[tuple[str, str]]:
    """Return the pairs of steps whose arrow leads back, to a step that the walk has come through."""
    ways = _ways(graph.arrows)
    back: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in [*(entry.target for entry in graph.entries), *(box.name for box in graph.boxes)]:
        if root not in done:
            back.update(_back_from(root, ways, done))
    return frozenset(back)


def rows(graph: Graph, back: frozenset[tuple[str, str]]) -> dict[str, int]:
    """Return the row of each step, counted from 0 at the top."""
    ways = {
        source: [target for target in targets if (source, target) not in back]
        for source, targets in _ways(graph.arrows).items()
    }
    found: dict[str, int] = {box.name: 0 for box in graph.boxes}
    for step in _in_order_of_ways(list(found), ways):
        for target in ways.get(step, ()):
            found[target] = max(found[target], found[step] + 1)
    return found


def _ways(arrows: Sequence[Arrow]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for arrow in arrows:
        ways.setdefault(arrow.source, []).append(arrow.target)
    return ways


def _back_from(root: str, ways: dict[str, list[str]], done: set[str]) -> Iterator[tuple[str, str]]:
    """Walk depth first from a step, without recursion: a flow may be five hundred steps deep."""
    on_the_way = {root}
    done.add(root)
    ahead = [(root, iter(ways.get(root, ())))]
    while ahead:
        step, targets = ahead[-1]
        target = next(targets, None)
        if target is None:
            on_the_way.discard(step)
            ahead.pop()
        elif target in on_the_way:
            yield step, target
        elif target not in done:
            done.add(target)
            on_the_way.add(target)
            ahead.append((target, iter(ways.get(target, ()))))


def _in_order_of_ways(steps: Sequence[str], ways: dict[str, list[str]]) -> Iterator[str]:
    """Yield the steps so that each comes behind all that lead to it."""
    missing = dict.fromkeys(steps, 0)
    for targets in ways.values():
        for target in targets:
            missing[target] += 1
    ready = [step for step in steps if missing[step] == 0]
    for step in ready:
        yield step
        for target in ways.get(step, ()):
            missing[target] -= 1
            if missing[target] == 0:
                ready.append(target)
