"""Programs from what the library knows: which skill serves which need, and goals that it covers."""
