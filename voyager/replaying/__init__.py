"""Playing a run again with the recorded answers of its models, and comparing the two."""
