"""What counts as a test that ran."""

from __future__ import annotations

from pathlib import Path

import pytest
import run_tests
import set_up

NODE_SAYS = """\
✔ a name says pass 3
\u2139 tests 6
\u2139 suites 0
\u2139 pass 3
\u2139 fail 1
\u2139 cancelled 1
\u2139 skipped 1
\u2139 todo 0
\u2139 duration_ms 756.4
"""


def test_node_counts_are_read_from_its_closing_lines() -> None:
    assert run_tests.node_counts(NODE_SAYS.splitlines()) == (3, 2, 1)


def test_the_closing_line_names_skipped_tests_only_if_there_are_any() -> None:
    assert run_tests.closing_line("Python", 2, 0, 0) == "Python: 2 passed, 0 failed"
    assert run_tests.closing_line("Python", 2, 1, 3) == "Python: 2 passed, 1 failed, 3 skipped"


@pytest.mark.parametrize(
    ("node_result", "pytest_code", "expected"),
    [
        ((2, 0, 0, 0), pytest.ExitCode.NO_TESTS_COLLECTED, 0),
        ((0, 0, 0, 0), pytest.ExitCode.NO_TESTS_COLLECTED, 1),  # no test ran at all
        ((2, 1, 0, 1), pytest.ExitCode.OK, 1),
        ((2, 0, 0, 0), pytest.ExitCode.TESTS_FAILED, 1),
        ((2, 0, 0, 7), pytest.ExitCode.OK, 1),  # node itself failed
    ],
)
def test_the_exit_code_is_of_both_runners(
    monkeypatch: pytest.MonkeyPatch,
    node_result: tuple[int, int, int, int],
    pytest_code: pytest.ExitCode,
    expected: int,
) -> None:
    monkeypatch.setattr(run_tests, "run_node_tests", lambda scripts: node_result)
    monkeypatch.setattr(pytest, "main", lambda *arguments, **options: pytest_code)
    assert run_tests.main([]) == expected


def test_a_path_runs_pytest_alone_and_a_javascript_test_runs_node_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[object] = []

    def node(scripts: list[str]) -> tuple[int, int, int, int]:
        ran.append(scripts)
        return 1, 0, 0, 0

    def python(arguments: list[str], **options: object) -> pytest.ExitCode:
        ran.append(arguments)
        return pytest.ExitCode.OK

    monkeypatch.setattr(run_tests, "run_node_tests", node)
    monkeypatch.setattr(pytest, "main", python)
    here = str(Path(__file__))
    run_tests.main([f"{here}::test_x", "-x"])
    run_tests.main(["tests/a.test.js"])
    run_tests.main(["-m", "not live"])
    not_live = ["-m", "not live"]
    shared = [*run_tests.workers(not_live), *not_live]
    assert ran == [[f"{here}::test_x", "-x"], ["tests/a.test.js"], [], shared]


@pytest.mark.parametrize(
    ("arguments", "installed"),
    [
        (["-m", "local_model"], [("local_model.txt", "--no-deps")]),
        (["-m", "live and local_model", "-v"], [("local_model.txt", "--no-deps")]),
        (["-m", "browser"], [("browser.txt",)]),
        (["-m", "not local_model"], []),
        (["-m", "live"], []),
        (["tests/live/test_play_with_a_local_model.py"], []),
    ],
)
def test_what_only_some_tests_need_is_installed_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], installed: list[tuple[str, ...]]
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(run_tests, "run_node_tests", lambda scripts: (1, 0, 0, 0))
    monkeypatch.setattr(pytest, "main", lambda *arguments, **options: pytest.ExitCode.OK)
    monkeypatch.setattr(set_up, "install_locked", lambda *names: asked.append(names))
    run_tests.main(arguments)
    assert asked == installed


@pytest.mark.parametrize(
    ("arguments", "shared"),
    [([], True), (["-m", "not live"], True), (["tests/skills"], False), (["-k", "x"], False)],
)
def test_only_the_whole_is_shared_out(arguments: list[str], shared: bool) -> None:
    assert ("loadfile" in run_tests.workers(arguments)) is shared
