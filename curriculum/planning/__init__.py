"""Plans through the recipe graph: how each item is had, at what cost, in which steps."""
