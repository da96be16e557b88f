"""An endpoint over loopback that answers from recordings, or talks garbage."""
