"""The gym: skills run again in scratch worlds, to see whether they work from another start."""
