"""`make demo`: real calls through the whole system, told as stories.

`script` says who calls and what must come of it, `play` lets it happen in a box of its own, `verdict` compares the
rows read back from PostgreSQL with the script, `command` tells the person. Nothing here is imported by the engine.
"""
