"""When the set-up is due, and what it leaves behind: without installing anything."""

from __future__ import annotations

import ast
import errno
import json
import sys
from pathlib import Path

import environment
import pytest
import required_python
import set_up

ROOT = Path(environment.__file__).resolve().parent.parent
LAUNCHERS = ("bench", "check", "lock", "play", "test", "voyager")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with lock files and a Python in its environment, but nothing recorded."""
    for names in environment.STEPS.values():
        for name in names:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(f"contents of {name}", encoding="utf-8")
    (tmp_path / "mc_server" / "node_modules").mkdir(parents=True)
    (tmp_path / "mc_server" / "package-lock.json").write_text("{}", encoding="utf-8")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").write_text("", encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "NPM_STAMP", tmp_path / "mc_server/node_modules/stamp")
    for module in (environment, set_up):
        monkeypatch.setattr(module, "VENV", venv)
        monkeypatch.setattr(module, "RECORD", venv / "set-up.json")
        monkeypatch.setattr(module, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(set_up, "OLD", tmp_path / ".venv.old")
    return tmp_path


def finish(development: bool = True) -> None:
    """Record every step as done."""
    environment.write_record({name: environment.key(name) for name in environment.STEPS})
    lock = environment.digest("mc_server/package-lock.json")
    stamp = json.dumps({"lock": lock, "development": development})
    environment.NPM_STAMP.write_text(stamp, encoding="utf-8")


def test_everything_is_due_in_a_fresh_clone(clone: Path) -> None:
    steps = ["environment", "runtime", "project", "development", "npm"]
    assert environment.pending(development=True) == steps
    steps.remove("development")
    assert environment.pending(development=False) == steps


def test_nothing_is_due_once_all_is_recorded(clone: Path) -> None:
    finish()
    assert environment.pending(development=True) == []
    assert environment.pending(development=False) == []


def test_a_changed_lock_makes_only_its_own_step_due(clone: Path) -> None:
    finish()
    (clone / "requirements" / "runtime.txt").write_text("newer", encoding="utf-8")
    assert environment.pending(development=True) == ["runtime"]


def test_a_changed_npm_lock_makes_npm_due(clone: Path) -> None:
    finish()
    (clone / "mc_server" / "package-lock.json").write_text("newer", encoding="utf-8")
    assert environment.pending(development=False) == ["npm"]


def test_tests_want_more_of_npm_than_play_does(clone: Path) -> None:
    finish(development=False)
    assert environment.pending(development=False) == []
    assert environment.pending(development=True) == ["npm"]


def test_an_environment_whose_python_is_gone_is_made_again(clone: Path) -> None:
    finish()
    (clone / ".venv" / "bin" / "python").unlink()
    assert environment.pending(development=False) == ["environment", "runtime", "project"]


def test_an_environment_of_a_moved_clone_is_made_again(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish()
    monkeypatch.setattr(environment, "VENV", clone / "elsewhere" / ".venv")
    assert environment.pending(development=False)[0] == "environment"


def test_a_step_cut_short_makes_everything_due(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish()

    def killed(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(set_up, "install_locked", killed)
    with pytest.raises(KeyboardInterrupt):
        set_up.do_step("runtime", development=False)
    assert environment.pending(development=False) == ["environment", "runtime", "project"]


def test_a_step_that_failed_without_harm_leaves_the_rest_usable(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish()
    (clone / "requirements" / "runtime.txt").write_text("newer", encoding="utf-8")

    def offline(name: str) -> None:
        raise environment.SetUpError("no network", harmless=True)

    monkeypatch.setattr(set_up, "install_locked", offline)
    with pytest.raises(environment.SetUpError):
        set_up.do_step("runtime", development=False)
    assert environment.pending(development=False) == ["runtime"]


def test_a_torn_record_counts_as_none(clone: Path) -> None:
    finish()
    environment.RECORD.write_text('{"environment": "/so', encoding="utf-8")
    assert environment.pending(development=False)[0] == "environment"


def test_an_environment_that_somebody_else_made_is_not_deleted(clone: Path) -> None:
    with pytest.raises(environment.SetUpError, match="move it away"):
        set_up.remove_old_venv()
    assert (clone / ".venv" / "bin" / "python").exists()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("[Errno -3] Temporary failure in name resolution", "registry cannot be reached"),
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock names"),
        ("ERROR: No matching distribution found for x==1", "does not exist for this Python"),
    ],
)
def test_what_pip_said_becomes_a_sentence(
    clone: Path, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    monkeypatch.setattr(set_up, "has_pip", lambda python: True)
    monkeypatch.setattr(set_up, "run_quietly", lambda command: output)
    with pytest.raises(environment.SetUpError, match=words):
        set_up.pip("install", "x")


def test_a_folder_that_cannot_be_written_is_a_sentence_and_no_traceback(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(development: bool) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(clone))

    monkeypatch.setattr(set_up, "run", refuse)
    with pytest.raises(SystemExit) as ended:
        environment.prepare(development=False)
    assert ended.value.code == environment.EXIT_CODE_SET_UP
    assert "Read-only file system" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Windows belong to a process")
def test_only_one_set_up_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "LOCK", tmp_path / "lock")
    with set_up.only_one(), (tmp_path / "lock").open("a") as second:
        assert not set_up.try_lock(second.fileno())
    with (tmp_path / "lock").open("a") as third:
        assert set_up.try_lock(third.fileno())


def test_another_python_path_does_not_reach_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    monkeypatch.setenv("SOMETHING", "else")
    passed_on = environment.child_environment()
    assert "PYTHONPATH" not in passed_on
    assert passed_on["SOMETHING"] == "else"


def test_an_old_python_is_told_what_it_needs() -> None:
    assert "Python 3.11 or later, and this is Python 3.9." in required_python.sentence((3, 9, 1))
    assert required_python.sentence((3, 11, 0)) == ""
    assert required_python.sentence((4, 0, 0)) == ""


@pytest.mark.parametrize("name", [*LAUNCHERS, "required_python.py"])
def test_an_old_python_can_parse_what_tells_it_so(name: str) -> None:
    source = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__ import annotations" not in source  # unknown to Python 3.6


@pytest.mark.parametrize("name", LAUNCHERS)
def test_launchers_check_the_python_before_all_else(name: str) -> None:
    tree = ast.parse((ROOT / "scripts" / name).read_text(encoding="utf-8"))
    imports = [node.names[0].name for node in tree.body if isinstance(node, ast.Import)]
    assert imports == ["sys", "required_python", "environment"]
