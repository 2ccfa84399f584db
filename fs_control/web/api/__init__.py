"""The HTTP API for programs of others (E3, E4): JSON over TCP, with tokens, told by OpenAPI.

Owns its routes, the shapes of what it shows, and who may ask. What it lets people do is the same `Control` that the
control socket has. Easy to break: a route that shows or does anything stands behind a scope (`gate.Gate.needs`).
"""
