"""`fs-control service`: fs_control under systemd, as texts (unit), as steps (steps) and as commands (command)."""
