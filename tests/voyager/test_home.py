"""The home folder: made when it can be, refused in a sentence when it cannot."""

from __future__ import annotations

import shutil

import pytest

from mc_server import HomeFolderError
from voyager.home import FREE_BYTES_NEEDED, Home

Usage = type(shutil.disk_usage("."))


def test_the_folders_are_made_and_nothing_else_is_left_in_them(tmp_path):
    home = Home(tmp_path / "deep" / "home")
    assert not home.exists()
    home.prepare()
    home.prepare()
    assert sorted(p.name for p in home.folder.iterdir()) == ["logs", "worlds"]
    assert not home.exists()
    home.database.touch()
    assert home.exists()


@pytest.mark.parametrize("below", ["", "home", "deep/home"])
def test_a_file_in_the_way_is_named(tmp_path, below):
    (tmp_path / "file").write_text("in the way")
    home = Home(tmp_path / "file" / below)
    with pytest.raises(HomeFolderError, match=r"file.* cannot be written .*--home"):
        home.prepare()
    assert not home.exists()
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize(("free", "enough"), [(FREE_BYTES_NEEDED, True), (2**20, False)])
def test_too_little_space_is_told_before_anything_is_played(tmp_path, monkeypatch, free, enough):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))
    if enough:
        Home(tmp_path).prepare()
    else:
        with pytest.raises(HomeFolderError, match=r"No space: 1 MB .* 64 MB are needed.*--home"):
            Home(tmp_path).prepare()
