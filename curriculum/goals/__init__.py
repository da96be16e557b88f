"""Goals: predicates over the game's state, how they are written, and what they are judged on."""
