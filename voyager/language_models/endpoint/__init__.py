"""A model behind an address: what is asked of it, what comes back, and what it can do."""
