"""HTTP: the control socket, through which the command line talks to a running engine, and FreeSWITCH's door for phones.

Owns routes, status codes and the socket file. It must not know how an engine works: it is handed a `Control` and
shows a centre by `centre.views`. Easy to break: errors become answers in one place only (`error_map`), so no route
catches anything.
"""
