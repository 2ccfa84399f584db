"""The recorder of tests/traces: a real FreeSWITCH, phones, callers and a controller that notes every frame.

Owns how a trace comes to be; README.md of tests/traces says how to use it. It knows nothing of fs_control and of what
fs_control believes about FreeSWITCH. Easy to break: a recording is evidence, so it is made anew and never edited.
"""
