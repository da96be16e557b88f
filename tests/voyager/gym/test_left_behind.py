"""Scratch folders are gone when they are done with, or when the next process makes one."""

import subprocess
import sys

import pytest

from voyager.gym.left_behind import folder_of_ones_own

HOLDS = """
import sys
from pathlib import Path
from voyager.gym.left_behind import folder_of_ones_own
with folder_of_ones_own(Path(sys.argv[1])) as folder:
    (folder / "world").mkdir()
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_a_folder_lasts_as_long_as_its_process_and_no_longer(tmp_path):
    (tmp_path / "voyager-gym-of-somebody").mkdir()
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().decode().strip()
        with folder_of_ones_own(tmp_path) as ours, folder_of_ones_own(ours) as inner:
            assert (tmp_path / theirs / "world").is_dir() and inner.parent == ours
        assert not ours.exists() and (tmp_path / theirs).is_dir()
        other.kill()
        other.wait()
        with folder_of_ones_own(tmp_path):
            assert not (tmp_path / theirs).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["voyager-gym-of-somebody"]


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError), folder_of_ones_own(tmp_path / "missing"):
        pass
