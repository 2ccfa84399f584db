"""A flow as a picture: Mermaid text, a tree for a terminal, and an SVG that needs nothing to be looked at.

`graph` says what is in the picture, once for all three. Pure: what a picture says in words comes from `say`, which
turns a code into the reader's language. Easy to break: names, sentences and conditions are the admin's, so whatever
goes into a picture is escaped by the rules of its format.
"""

from __future__ import annotations

from fs_control.flow.drawing.graph import Graph, graph_of
from fs_control.flow.drawing.mermaid import mermaid
from fs_control.flow.drawing.svg import svg
from fs_control.flow.drawing.tree import tree

__all__ = ["Graph", "graph_of", "mermaid", "svg", "tree"]
