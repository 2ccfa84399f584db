"""The dry run: one call through the whole centre, without a switch, a telephone or a wait.

`rehearse(scene)` lets somebody call a centre in memory. It is the centre of every live call, `transition` and all;
only what answers its orders is made up here, by a table with a line for each order (`answers.ANSWERS`). Time is a
number that jumps to whatever is due next. Pure: people, prompts' lengths and days come in with the scene.
"""

from fs_control.centre.rehearsal.answers import ANSWERS
from fs_control.centre.rehearsal.people import Question
from fs_control.centre.rehearsal.run import Rehearsed, rehearse
from fs_control.centre.rehearsal.scene import HANGS_UP, SILENCE, AgentIs, HttpAnswer, Scene
from fs_control.centre.rehearsal.watched import Place, watched

__all__ = [
    "ANSWERS",
    "HANGS_UP",
    "SILENCE",
    "AgentIs",
    "HttpAnswer",
    "Place",
    "Question",
    "Rehearsed",
    "Scene",
    "rehearse",
    "watched",
]
