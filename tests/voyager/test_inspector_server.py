"""The server of the pages, asked without a browser: who is answered, and with what."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.browser.example_library import make_example
from voyager.command_line import main
from voyager.home import Home
from voyager.inspector import InspectorServer
from voyager.inspector.graph_layout import draw
from voyager.inspector.library_view import LibraryView
from voyager.reports.skills.skill_graph import Node, SkillGraph


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("example")
    make_example(folder)
    return folder


@pytest.fixture(scope="module")
def server(home):
    with closing(LibraryView(Home(home))) as view, InspectorServer(view) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=30)


def asked(server, path, method="GET", **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)) as to:
        to.request(method, path, headers=headers)
        answer = to.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def test_it_listens_on_loopback_alone(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil:80"])
def test_a_name_that_only_points_here_reads_nothing(server, host):
    status, _, body = asked(server, "/", Host=host)
    assert status == 421 and "smeltIronIngot" not in body and server.url in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_pages_are_only_read(server, method):
    status, headers, _ = asked(server, "/", method)
    assert status == 405 and headers["Allow"] == "GET"


def test_a_browser_is_told_to_run_and_load_nothing_else(server):
    _, headers, body = asked(server, "/skill/sellFish", Host=f"localhost:{server.server_port}")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "<script>" not in body and " style=" not in body and "&lt;script&gt;" in body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/skill/mineLogz", 404),
        ("/skill/mineLogs?version=9", 404),
        ("/skill/mineLogs?version=" + "9" * 5000, 200),
        ("/skill/%ff%00", 404),
        ("/graph?of=%3Ci%3Ex", 404),
        ("/static/../pages.py", 404),
        ("/static/%2e%2e/pages.py", 404),
        ("/?page=99&order=nonsense&status=nonsense&q=" + "x" * 3000, 200),
        ("/?" + "&".join(["q=a"] * 100), 400),
        ("/skill/smeltIronIngot?from=7&to=0", 200),
        ("//", 200),
    ],
)
def test_no_address_does_harm(server, path, status):
    answered, _, body = asked(server, path)
    assert answered == status and "<i>x" not in body


def test_a_damaged_library_is_a_sentence(tmp_path):
    make_example(tmp_path)
    with closing(LibraryView(Home(tmp_path))) as view, InspectorServer(view) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            for file in tmp_path.glob("voyager.db*"):
                file.unlink()
            (tmp_path / "voyager.db").write_text("no database")
            status, _, body = asked(server, "/")
        finally:
            server.shutdown()
            thread.join(timeout=30)
    assert status == 503 and "voyager.db" in body


def test_a_port_that_is_taken_is_a_sentence(home, capsys):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        code = main(["skills", "serve", "--home", str(home), "--port", str(port)])
    assert code == 2
    assert capsys.readouterr().err.startswith(f"voyager: Port {port} cannot be used")
    assert main(["skills", "serve", "--home", str(home), "--port", "70000"]) == 2


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_it_tells_its_address_and_ends_with_ctrl_c(home):
    with subprocess.Popen(
        [sys.executable, "-m", "voyager", "skills", "serve", "--home", str(home), "--json"],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(4)]
            told = json.loads("".join(lines))
            with closing(socket.create_connection(("127.0.0.1", told["port"]), timeout=30)):
                process.send_signal(signal.SIGINT)
                _, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, errors) == (0, "")


def test_a_drawing_puts_callers_above_and_nothing_upon_each_other():
    names = [f"skill{number}" for number in range(300)]
    edges = tuple(
        (names[i], names[j]) for i in range(300) for j in {i * 2 + 1, i * 3 + 2} if j < 300
    )
    circle = (("skill299", "skill0"),)
    nodes = tuple(Node(name, "verified", 1, 0) for name in names)
    for size, calls in ((300, edges), (300, edges + circle), (60, ()), (1, ()), (0, ())):
        kept = set(names[:size])
        drawing = draw(SkillGraph(nodes[:size], calls))
        assert {box.node.name for box in drawing.boxes} == kept
        assert len(drawing.arrows) == len(calls)
        placed = sorted((box.y, box.x, box.x + box.width) for box in drawing.boxes)
        for (y, _, end), (next_y, start, _) in pairwise(placed):
            assert y != next_y or end < start
        if calls == edges:
            heights = {box.node.name: box.y for box in drawing.boxes}
            assert all(heights[caller] < heights[callee] for caller, callee in calls)
