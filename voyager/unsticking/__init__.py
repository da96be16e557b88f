"""Getting on where nothing moves on: noticing it, and what is tried then, step by step."""
