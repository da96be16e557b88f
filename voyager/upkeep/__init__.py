"""What the bot sees to between two tasks: the night, chests, what it lost when it died."""
