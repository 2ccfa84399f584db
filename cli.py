"""The command line, run from a clone: `python cli.py --help`."""

from fs_control.face.main import main

main()
