"""The timeline of a call: told in the reader's language, and drawn for a terminal or as an SVG."""
