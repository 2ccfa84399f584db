"""The command line: one module per noun; each parses what a person typed, asks the rooms below, and prints.

It decides nothing. Easy to break: a command imports what it needs when it runs, so that `fs-control --help` and the
small commands start at once, and nothing outside `run` and `demo` is ever monkey-patched.
"""
