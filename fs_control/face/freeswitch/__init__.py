"""`fs-control freeswitch`: the configuration of a FreeSWITCH that works for us."""
