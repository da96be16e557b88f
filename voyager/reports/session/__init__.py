"""The report on a run, as a long session's reader wants it in the morning."""
