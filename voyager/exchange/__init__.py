"""Carrying skills in and out: other libraries' formats, hand-written files, and our own export."""
