"""`fs-control doctor`: is the switch, and are we, in a state to take calls; and if not, what to do.

Asking and judging are apart: `probe` asks a switch and `ourselves` looks at this machine, both return facts;
`reading` understands FreeSWITCH's words; `checks`, `sip_checks` and `own_checks` judge facts and know no socket, no
file and no clock.
"""
