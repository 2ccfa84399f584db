"""Builders and fakes with memory for the tests; nothing but tests imports this room."""
