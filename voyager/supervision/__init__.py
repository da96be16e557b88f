"""Keeping a session going: faults and how they come right, and the process that starts it again."""
