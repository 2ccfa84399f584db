"""Calls to other people's servers: the `http` steps of flows.

Every call has a limit in time and in size, goes only to hosts that the operator has named, and follows nobody
elsewhere. Easy to break: a name is looked up once, and what it stands for is judged before anybody is spoken to, or a
name that is allowed would lead to a machine that is not.
"""
