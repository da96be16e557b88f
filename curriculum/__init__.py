"""What to do next: tasks, their goals, and the proposers that choose them."""
