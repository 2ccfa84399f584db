"""Prompts and music: the sound files that callers hear, where they lie and how long they are.

Knows vocabulary only; which prompt is played when is the flow's and the centre's business. The files are data made by
`tools/make_prompts.py`. Easy to break: a path given to the switch is a path as the switch sees it, so nothing in here
may look whether it exists on this machine.
"""
