"""The skill library as pages for a browser on this machine: `voyager skills serve`.

    server.py        the pages, served (`voyager/loopback`)
    pages.py         which address is which page
    library_view.py  the home folder, read: a connection a request, and search by meaning
    rendering.py     templates (`templates/`), dates, source in colours
    graph_layout.py  where the nodes and arrows of a graph lie
    plots.py         where the points of a plot lie

What there is to see is read by `voyager/reports/skills`. Nothing is ever written.
"""

from voyager.inspector.server import InspectorServer

__all__ = ["InspectorServer"]
