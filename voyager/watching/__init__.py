"""Looking on while it plays: the live feed, the watcher's end of it, the dashboard, the trail."""
