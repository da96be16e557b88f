"""The session as a page for a browser on this machine: `voyager watch --web`.

    site.py           which address is what: the page, its files, `now`, `past`, a skill's source
    live_hub.py       the live feed, heard once for all browsers that look on
    live_parts.py     what of the picture is sent, part by part, when it has changed
    past.py           what the journal knows, in bounded size; past_*.py read its parts
    tech_levels.py    the levels of the tech tree and what leads to what
    world_beside.py   the 3D view, if it was asked for

What is played is never disturbed: the database is read only, and the feed lets go of who is slow.
"""

from voyager.watching.web.site import WatchServer

__all__ = ["WatchServer"]
