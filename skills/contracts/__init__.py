"""What the library knows of its skills from experience: their uses, and the contracts learned."""
