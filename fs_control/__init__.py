"""fs_control: the call-centre engine that decides what a FreeSWITCH does with its calls."""

__version__ = "0.1.0.dev0"
