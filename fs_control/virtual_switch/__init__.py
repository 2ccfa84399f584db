"""A switch in the box: a process that speaks the event socket of FreeSWITCH, with scripted callers and phones.

The room owns channels, their sessions, applications, api commands, both directions of the event socket, phones,
callers and the stage from which a test or a demo directs them. What it says is made from its own state; how it
says it is measured against recorded traffic of FreeSWITCH 1.10.12. It knows `fs_control.esl.frames` for the framing
and must never import `fs_control.switch`: it may not share our misunderstandings of FreeSWITCH.
"""
