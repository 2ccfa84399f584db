"""Trying flows without a telephone: `flow try` and `flow test`.

`case` says who calls and what they do, `case_file` reads such cases from YAML, `office` gives them a call centre, made
up or from the database, `outcome` says what became of a call, and `update` writes that into a file as what is expected.
The call itself is `centre.rehearsal`, and its story is told as any other.
"""
