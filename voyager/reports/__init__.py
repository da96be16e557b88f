"""What the journal tells people: runs, money, conversations."""
