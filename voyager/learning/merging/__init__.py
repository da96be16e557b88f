"""One skill, once: what is in the library twice is found and made one, with its callers."""
