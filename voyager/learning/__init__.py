"""What becomes of a program that worked: put into words, kept as a skill, found again."""
