"""The shell around the centre: inbox, executor, timers, journal, the links to the switch, supervision and shutdown."""
