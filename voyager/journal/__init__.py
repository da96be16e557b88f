"""The journal: `voyager.db`, what is written into it, and what playing reads out of it."""
