"""What a sitting is put together from: its settings, its world, its models and its minds."""
